package io.physiowave.streaming.options;

import java.util.List;
import java.util.Set;

/**
 * Models to serve.
 *
 * @param files ONNX files, one a modality; each a path or a URI of a Flink file system
 */
public record ModelOptions(List<String> files) {
  public ModelOptions {
    files = List.copyOf(files);
    new Problems()
        .require(!files.isEmpty(), "models is empty; expected at least one ONNX file")
        .require(
            Set.copyOf(files).size() == files.size(),
            "models is %s; expected each file once",
            files)
        .throwIfAny();
  }
}
