package io.physiowave.benchmarks.chaos;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.physiowave.connectors.files.OutputFile;
import io.physiowave.core.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same graph under another version, as a new release of a model would come. */
final class NextVersion {
  private NextVersion() {}

  /**
   * Writes a copy whose card says another version.
   *
   * @param directory where to
   * @return the copy
   */
  static Path of(Path model, String version, Path directory) throws IOException {
    ModelProto.Builder copy = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    for (StringStringEntryProto.Builder entry : copy.getMetadataPropsBuilderList()) {
      if (entry.getKey().equals(ModelCard.METADATA_KEY)) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode card = (ObjectNode) json.readTree(entry.getValue());
        card.put("version", version);
        entry.setValue(json.writeValueAsString(card));
      }
    }
    Files.createDirectories(directory);
    Path file = directory.resolve(model.getFileName().toString());
    OutputFile.write(file, copy.build().toByteArray());
    return file;
  }
}
