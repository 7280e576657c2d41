package io.physiowave.cluster.layout;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The libraries of this process, sorted by who needs them.
 *
 * <p>A Flink process must hold native libraries (ONNX Runtime, compression) in its own class path:
 * inside the job's jar each submission would load another copy, which nothing frees. What the job
 * alone needs must be in the job's jar, so that a new jar brings new code; what both use is in
 * both, and the job takes its own. Of ours Flink's processes get this module alone, for the
 * reporter of metrics. A library of which this class knows nothing goes to Flink's processes, where
 * the job finds it too.
 *
 * @param all jars and class folders, in the order of the class path
 */
public record Libraries(List<Path> all) {
  private static final Predicate<String> JOB =
      Pattern.compile(
              "physiowave-(core|connectors|streaming-job)\\b.*|flink-connector-kafka-.*"
                  + "|kafka-clients-.*|protobuf-.*|jackson-.*|snakeyaml-\\d.*|picocli-.*|iirj-.*"
                  + "|commons-math3-.*")
          .asMatchPredicate();

  private static final Predicate<String> NOT_FOR_FLINK =
      Pattern.compile(
              "physiowave-(?!cluster\\b).*|flink-connector-kafka-.*|kafka[-_].*|javalin-.*|jetty-.*|jakarta\\..*|kotlin-.*|annotations-.*"
                  + "|scala-.*|asm-.*|metrics-core-.*|jose4j-.*|jopt-simple-.*|argparse4j-.*"
                  + "|commons-(validator|beanutils|digester|logging|collections)-.*|caffeine-.*"
                  + "|hivemq-.*|netty-.*|rxjava-.*|reactive-streams-.*|jctools-.*|dagger-.*|prometheus-metrics-.*"
                  + "|pcollections-.*|hash4j-.*|re2j-.*|HdrHistogram-.*|junit-.*|test-classes")
          .asMatchPredicate();

  private static final Predicate<String> ONNX_RUNTIME =
      Pattern.compile("onnxruntime(_gpu)?-\\d.*\\.jar").asMatchPredicate();

  public Libraries {
    all = List.copyOf(all);
  }

  /** What this process was started with. */
  public static Libraries ofThisProcess() {
    return new Libraries(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath())
            .filter(Files::exists)
            .toList());
  }

  /** What a JobManager or TaskManager gets. */
  public List<Path> forFlink() {
    return all.stream().filter(library -> !NOT_FOR_FLINK.test(name(library))).toList();
  }

  /** What goes into the job's jar. */
  public List<Path> forJob() {
    return all.stream().filter(library -> JOB.test(name(library))).toList();
  }

  /**
   * The jar with ONNX Runtime's native libraries, for processors alone or for GPUs too.
   *
   * @throws IllegalStateException when there is none
   */
  public Path onnxRuntime() {
    return all.stream()
        .filter(library -> ONNX_RUNTIME.test(library.getFileName().toString()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no ONNX Runtime jar in the class path"));
  }

  /** A folder of classes counts by its module's name: {@code .../core/target/classes}. */
  private static String name(Path library) {
    String name = library.getFileName().toString();
    if (name.equals("classes") && library.getNameCount() >= 3) {
      return "physiowave-" + library.getName(library.getNameCount() - 3);
    }
    return name;
  }
}
