package io.physiowave.streaming.model;

import io.physiowave.core.card.ModelCardJson;
import io.physiowave.streaming.types.BinaryFields;
import io.physiowave.streaming.types.RecordSerializer;
import io.physiowave.streaming.types.RecordType;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of a {@link ServedModel}; each model read is one object, its card parsed once. */
public final class ServedModelSerializer extends RecordSerializer<ServedModel> {
  private static final long serialVersionUID = 1L;
  private static final int MAXIMUM_KNOWN = 256;
  private static final Map<String, ServedModel> KNOWN = new ConcurrentHashMap<>();

  /** The one instance that is needed. */
  public static final ServedModelSerializer INSTANCE = new ServedModelSerializer();

  /** For Flink. */
  public static final TypeInformation<ServedModel> TYPE =
      new RecordType<>(ServedModel.class, INSTANCE);

  private ServedModelSerializer() {}

  @Override
  public void serialize(ServedModel model, DataOutputView out) throws IOException {
    BinaryFields.writeText(model.location(), out);
    BinaryFields.writeText(model.sha256(), out);
    BinaryFields.writeText(ModelCardJson.write(model.card()), out);
  }

  @Override
  public ServedModel deserialize(DataInputView in) throws IOException {
    String location = BinaryFields.readText(in);
    String sha256 = BinaryFields.readText(in);
    String card = BinaryFields.readText(in);
    if (KNOWN.size() > MAXIMUM_KNOWN) {
      KNOWN.clear();
    }
    // An earlier release may have saved less of the card than this one reads in the same file.
    return KNOWN.computeIfAbsent(
        String.join(" ", sha256, location, card),
        key -> new ServedModel(location, sha256, ModelCardJson.read(card, location)));
  }

  @Override
  public TypeSerializerSnapshot<ServedModel> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serialiser. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ServedModel> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
