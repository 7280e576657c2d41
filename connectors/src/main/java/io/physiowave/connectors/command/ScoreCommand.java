package io.physiowave.connectors.command;

import io.physiowave.connectors.score.AnnotationPair;
import io.physiowave.connectors.score.BeatScoreJson;
import io.physiowave.connectors.score.BeatScoreText;
import io.physiowave.connectors.score.BeatScores;
import io.physiowave.core.score.BeatStatistics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code physiowave score}: compares annotation files beat by beat. */
@Command(
    name = "score",
    description = {
      "Compares beat annotations with reference annotations, after ANSI/AAMI EC57: sensitivity and",
      "positive predictivity of all beats (QRS), of ventricular (VEB) and of supraventricular (SVEB)",
      "ectopic beats, by record, gross and as the average over records."
    },
    footer = {
      "",
      "Examples:",
      "  physiowave score --reference mitdb/208.atr --test out/208.pwb",
      "  physiowave score --reference mitdb --test out --json"
    })
public final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--reference",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Reference annotation files, or one directory of them. The record's header beside each"
              + " tells the sample rate and the length.")
  private List<Path> references;

  @Option(
      names = "--test",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Annotation files to judge, in the same order, or one directory of them.")
  private List<Path> tests;

  @Option(
      names = "--reference-annotator",
      paramLabel = "SUFFIX",
      description = "Suffix of reference files in a directory (default: ${DEFAULT-VALUE}).",
      defaultValue = "atr")
  private String referenceAnnotator;

  @Option(
      names = "--test-annotator",
      paramLabel = "SUFFIX",
      description = "Suffix of test files in a directory (default: ${DEFAULT-VALUE}).",
      defaultValue = "pwb")
  private String testAnnotator;

  @Option(
      names = "--start",
      paramLabel = "S",
      description =
          "Seconds at which the comparison starts, the time before being for learning"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  private double startSeconds;

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Sample rate where there is no header.")
  private Double sampleRateHz;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Runs the command and ends the Java machine with its exit code. */
  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new ScoreCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<AnnotationPair> pairs =
        AnnotationPair.of(references, tests, referenceAnnotator, testAnnotator);
    OptionalDouble rate =
        sampleRateHz == null ? OptionalDouble.empty() : OptionalDouble.of(sampleRateHz);
    BeatStatistics statistics = new BeatScores(rate, startSeconds).compare(pairs);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(BeatScoreJson.of(statistics));
    } else {
      out.print(BeatScoreText.of(statistics));
    }
    out.flush();
    return CommandRunner.SUCCESS;
  }
}
