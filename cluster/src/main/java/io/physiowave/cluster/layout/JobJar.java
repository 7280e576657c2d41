package io.physiowave.cluster.layout;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The jar that is submitted: a manifest, and the job's libraries as jars under {@code lib/}, which
 * is the form in which Flink takes a job's dependencies without merging them.
 */
public final class JobJar {
  private static final long EPOCH_OF_JARS =
      315_619_200_000L; // 1980-01-02, the same bytes each time

  private JobJar() {}

  /**
   * Writes it anew, replacing the file in one step.
   *
   * @param libraries jars and class folders
   * @param mainClass what Flink runs
   */
  public static void write(Path jar, List<Path> libraries, String mainClass) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    Path unfinished = jar.resolveSibling(jar.getFileName() + ".new");
    try {
      Files.createDirectories(jar.getParent());
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unfinished))) {
        out.setLevel(0);
        out.putNextEntry(entry(JarFile.MANIFEST_NAME));
        manifest.write(out);
        out.closeEntry();
        Set<String> names = new HashSet<>();
        for (Path library : libraries) {
          out.putNextEntry(entry("lib/" + name(library, names)));
          write(library, out);
          out.closeEntry();
        }
      }
      Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + jar, e);
    }
  }

  private static String name(Path library, Set<String> taken) {
    String name =
        Files.isDirectory(library)
            ? library.getName(Math.max(0, library.getNameCount() - 3)) + ".jar"
            : library.getFileName().toString();
    if (!taken.add(name)) {
      throw new IllegalStateException("two libraries of the job are called " + name);
    }
    return name;
  }

  private static void write(Path library, OutputStream out) throws IOException {
    if (!Files.isDirectory(library)) {
      Files.copy(library, out);
      return;
    }
    // Finished, not closed: the jar around it goes on.
    JarOutputStream inner = new JarOutputStream(out);
    try (Stream<Path> files = Files.walk(library)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        inner.putNextEntry(entry(library.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, inner);
        inner.closeEntry();
      }
    }
    inner.finish();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(EPOCH_OF_JARS);
    return entry;
  }
}
