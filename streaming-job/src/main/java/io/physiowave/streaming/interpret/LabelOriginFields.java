package io.physiowave.streaming.interpret;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.label.LabelOrigin;
import io.physiowave.core.label.ModelReference;
import io.physiowave.streaming.types.BinaryFields;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Saved form of a {@link LabelOrigin}; the hash of the model takes its 32 bytes. */
final class LabelOriginFields {
  private LabelOriginFields() {}

  static void write(LabelOrigin origin, DataOutputView out) throws IOException {
    BinaryFields.writeText(origin.streamId(), out);
    BinaryFields.writeText(origin.sessionId(), out);
    BinaryFields.writeText(origin.modality().name(), out);
    BinaryFields.writeText(origin.model().name(), out);
    BinaryFields.writeText(origin.model().version(), out);
    BinaryFields.writeBytes(HexFormat.of().parseHex(origin.model().sha256()), out);
    out.writeDouble(origin.sampleRateHz());
    out.writeLong(origin.sample());
    out.writeLong(origin.micros());
  }

  static LabelOrigin read(DataInputView in) throws IOException {
    return new LabelOrigin(
        BinaryFields.readText(in),
        BinaryFields.readText(in),
        Modality.valueOf(BinaryFields.readText(in)),
        new ModelReference(
            BinaryFields.readText(in),
            BinaryFields.readText(in),
            HexFormat.of().formatHex(BinaryFields.readBytes(in))),
        in.readDouble(),
        in.readLong(),
        in.readLong());
  }
}
