package io.physiowave.cluster.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * ONNX Runtime's native libraries, taken out of its jar once for all TaskManagers. Left to itself
 * each process would unpack a copy of its own, which a killed process leaves behind.
 */
public final class NativeLibraries {
  private static final String FOLDER = "ai/onnxruntime/native/";

  private NativeLibraries() {}

  /**
   * Unpacks this machine's libraries; files of the right size stay as they are.
   *
   * @param jar ONNX Runtime's
   * @param folder where to, for the system property {@code onnxruntime.native.path}
   * @throws IllegalStateException when the jar has none for this machine
   */
  public static void unpack(Path jar, Path folder) {
    String prefix = FOLDER + platform() + "/";
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
              .filter(entry -> entry.getName().indexOf('/', prefix.length()) < 0)
              .toList();
      if (entries.isEmpty()) {
        throw new IllegalStateException(jar + " has no native libraries for " + platform());
      }
      Files.createDirectories(folder);
      for (ZipEntry entry : entries) {
        Path file = folder.resolve(entry.getName().substring(prefix.length()));
        if (!Files.exists(file) || Files.size(file) != entry.getSize()) {
          Path unfinished = file.resolveSibling(file.getFileName() + ".new");
          Files.deleteIfExists(unfinished);
          Files.copy(zip.getInputStream(entry), unfinished);
          Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + jar + " into " + folder, e);
    }
  }

  /** As ONNX Runtime calls it, e.g. {@code linux-x64}. */
  static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name = system.contains("win") ? "win" : system.contains("mac") ? "osx" : "linux";
    return name + "-" + (machine.equals("aarch64") ? "aarch64" : "x64");
  }
}
