package io.physiowave.streaming.doctor;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder for temporary files. ONNX Runtime and libtorch unpack native libraries into it, so its
 * files must be allowed to be executed.
 */
final class TemporaryFolder {
  private static final String NAME = "temporary files";
  private static final String ADVICE =
      "Name another folder: PHYSIOWAVE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.";

  private TemporaryFolder() {}

  static Finding examine(Path folder) {
    try {
      Path probe = Files.createTempFile(folder, "physiowave-doctor-", ".sh");
      try {
        Files.writeString(probe, "#!/bin/sh\nexit 0\n");
        return executes(probe)
            ? Finding.ok(NAME, folder + " can be written and executed from")
            : Finding.fail(NAME, folder + " is mounted so that nothing in it can run", ADVICE);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      return Finding.fail(NAME, folder + " cannot be written: " + e.getMessage(), ADVICE);
    }
  }

  private static boolean executes(Path script) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return true;
    }
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return OutsideProgram.run(script.toString()).isPresent();
  }
}
