package io.physiowave.streaming.options;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Models to serve.
 *
 * @param files ONNX files, one a modality; each a path or a URI of a Flink file system
 * @param store folder of a Flink file system that keeps a copy of each model that the job has had,
 *     or {@value #NO_STORE}; absent: below the folder of the checkpoints, if they have one
 */
public record ModelOptions(List<String> files, Optional<String> store) {
  /** In place of a folder: no copies are kept. */
  public static final String NO_STORE = "none";

  /** The folder below that of the checkpoints where copies are kept unless told otherwise. */
  public static final String DEFAULT_STORE = "models";

  public ModelOptions {
    files = List.copyOf(files);
    new Problems()
        .require(!files.isEmpty(), "models is empty; expected at least one ONNX file")
        .require(
            Set.copyOf(files).size() == files.size(),
            "models is %s; expected each file once",
            files)
        .require(
            store.filter(ModelOptions::isWebAddress).isEmpty(),
            "models-store is %s; expected a folder of a Flink file system, or none",
            store.orElse(""))
        .throwIfAny();
  }

  private static boolean isWebAddress(String folder) {
    return folder.startsWith("http://") || folder.startsWith("https://");
  }
}
