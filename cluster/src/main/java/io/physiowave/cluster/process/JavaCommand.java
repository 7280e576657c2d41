package io.physiowave.cluster.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Java process to be.
 *
 * @param name unique in its cluster, e.g. {@code taskmanager-1}
 * @param classPath jars and class folders
 * @param jvmOptions e.g. {@code -Xmx512m}
 * @param mainClass what it runs
 * @param arguments of the main class
 * @param environment variables on top of this process's own
 */
public record JavaCommand(
    String name,
    List<Path> classPath,
    List<String> jvmOptions,
    String mainClass,
    List<String> arguments,
    Map<String, String> environment) {

  public JavaCommand {
    classPath = List.copyOf(classPath);
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** The same with more options for the Java machine, which come after those it has. */
  JavaCommand withJvmOptions(List<String> more) {
    List<String> options = new ArrayList<>(jvmOptions);
    options.addAll(more);
    return new JavaCommand(name, classPath, options, mainClass, arguments, environment);
  }

  /** Writes all of it into an arguments file: a class path outgrows some systems' command lines. */
  void writeTo(Path file) {
    List<String> words = new ArrayList<>();
    words.add("-cp");
    words.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    words.addAll(jvmOptions);
    words.add(mainClass);
    words.addAll(arguments);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, words.stream().map(JavaCommand::quoted).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** As java's {@code @file} takes it. */
  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
