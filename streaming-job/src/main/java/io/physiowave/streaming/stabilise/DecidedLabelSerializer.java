package io.physiowave.streaming.stabilise;

import io.physiowave.core.card.EpisodeRules;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Binary form of a {@link DecidedLabel}. Stabilising and interpreting are chained, so that it is
 * used only where an operator breaks the chain.
 */
public final class DecidedLabelSerializer extends RecordSerializer<DecidedLabel> {
  private static final long serialVersionUID = 1L;
  private static final int ABSENT = -1;

  /** The one instance that is needed. */
  public static final DecidedLabelSerializer INSTANCE = new DecidedLabelSerializer();

  private DecidedLabelSerializer() {}

  @Override
  public void serialize(DecidedLabel decided, DataOutputView out) throws IOException {
    LabelEventFlinkSerializer.INSTANCE.serialize(decided.label(), out);
    EpisodeRules rules = decided.rules();
    writeNumber(rules.onsetProbability(), out);
    writeNumber(rules.offsetProbability(), out);
    writeNumber(rules.minimumSeconds(), out);
    out.writeInt(rules.background() == null ? ABSENT : rules.background().size());
    if (rules.background() != null) {
      for (String label : rules.background()) {
        BinaryFields.writeText(label, out);
      }
    }
  }

  @Override
  public DecidedLabel deserialize(DataInputView in) throws IOException {
    return new DecidedLabel(
        LabelEventFlinkSerializer.INSTANCE.deserialize(in),
        new EpisodeRules(readNumber(in), readNumber(in), readNumber(in), readLabels(in)));
  }

  private static void writeNumber(Double value, DataOutput out) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeDouble(value);
    }
  }

  private static Double readNumber(DataInput in) throws IOException {
    return in.readBoolean() ? in.readDouble() : null;
  }

  private static List<String> readLabels(DataInput in) throws IOException {
    int count = in.readInt();
    if (count == ABSENT) {
      return null;
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add(BinaryFields.readText(in));
    }
    return labels;
  }

  @Override
  public TypeSerializerSnapshot<DecidedLabel> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DecidedLabel> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
