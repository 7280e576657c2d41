package io.physiowave.cluster.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
  private final Libraries libraries = Libraries.ofThisProcess();

  private static List<String> names(List<Path> libraries) {
    return libraries.stream().map(library -> library.getFileName().toString()).toList();
  }

  @Test
  void native_libraries_are_flinks_and_never_the_jobs() {
    assertThat(names(libraries.forFlink()))
        .anyMatch(name -> name.matches("onnxruntime-1.*jar"))
        .anyMatch(name -> name.startsWith("onnxruntime-engine-"))
        .anyMatch(name -> name.startsWith("zstd-jni-"))
        .anyMatch(name -> name.startsWith("flink-runtime-web-"));
    assertThat(names(libraries.forJob()))
        .noneMatch(name -> name.matches("(onnxruntime|api|zstd-jni|lz4-java|snappy|jna).*"))
        .noneMatch(name -> name.matches("flink-(core|runtime|streaming).*|slf4j.*|log4j.*"));
  }

  @Test
  void a_new_job_jar_brings_all_code_of_the_job() {
    assertThat(libraries.forJob().toString())
        .contains("core")
        .contains("connectors")
        .contains("streaming-job")
        .contains("flink-connector-kafka")
        .contains("kafka-clients");
    assertThat(names(libraries.forFlink()))
        .noneMatch(name -> name.matches("physiowave-(?!cluster).*|kafka-clients.*"));
  }

  @Test
  void the_job_jar_holds_jars_and_class_folders_as_jars(@TempDir Path directory) throws Exception {
    Path classes = Files.createDirectories(directory.resolve("core/target/classes"));
    Files.writeString(classes.resolve("some.properties"), "a=b");
    Path jar = directory.resolve("job.jar");

    JobJar.write(jar, List.of(classes, libraries.onnxRuntime()), "a.b.Main");
    Path first = Files.copy(jar, directory.resolve("first.jar"));
    JobJar.write(jar, List.of(classes, libraries.onnxRuntime()), "a.b.Main");

    assertThat(Files.mismatch(jar, first)).isEqualTo(-1);
    try (JarFile written = new JarFile(jar.toFile())) {
      assertThat(written.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("a.b.Main");
      assertThat(written.stream().map(ZipEntry::getName))
          .contains("lib/core.jar", "lib/" + libraries.onnxRuntime().getFileName());
    }
  }

  @Test
  void onnx_runtimes_libraries_for_this_machine_are_unpacked_once(@TempDir Path directory)
      throws Exception {
    NativeLibraries.unpack(libraries.onnxRuntime(), directory);
    List<Path> files;
    try (var found = Files.list(directory)) {
      files = found.toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(2);
    var before = Files.getLastModifiedTime(files.get(0));

    NativeLibraries.unpack(libraries.onnxRuntime(), directory);
    assertThat(Files.getLastModifiedTime(files.get(0))).isEqualTo(before);
  }
}
