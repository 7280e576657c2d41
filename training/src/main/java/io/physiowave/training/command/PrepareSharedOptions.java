package io.physiowave.training.command;

import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.training.prepare.PrepareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags that all preparations share. */
final class PrepareSharedOptions {
  @Parameters(paramLabel = "INPUT", description = "Where the recordings lie.")
  private Path input;

  @Option(
      names = "--output_dir",
      required = true,
      description = "Where the HDF5 files and dataset.json are written.")
  private Path outputDir;

  @Option(
      names = "--high_pass",
      arity = "1",
      description = "Cutoff of the high-pass in Hz and its order, e.g. 0.5:2; 'none' for none.")
  private String highPass;

  @Option(
      names = "--low_pass",
      arity = "1",
      description = "Cutoff of the low-pass in Hz and its order, e.g. 40:4; 'none' for none.")
  private String lowPass;

  @Option(
      names = "--notch",
      arity = "1",
      description = "Frequency of a notch in Hz and its width, e.g. 50:2; 'none' for none.")
  private String notch;

  /** What one data set does when an option is not given. */
  record Defaults(String highPass, String lowPass, String notch, String validation) {}

  PrepareOptions options(
      double rateHz,
      int windowSamples,
      int marginSamples,
      Defaults defaults,
      String validation,
      String test,
      Map<String, Object> configuration) {
    return new PrepareOptions(
        input,
        outputDir,
        rateHz,
        windowSamples,
        marginSamples,
        filters(defaults),
        names(validation == null ? defaults.validation() : validation),
        names(test),
        configuration);
  }

  private static Set<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    if (text != null) {
      Collections.addAll(names, text.strip().split("[,\\s]+"));
      names.remove("");
    }
    return names;
  }

  private List<FilterSpecification> filters(Defaults defaults) {
    List<FilterSpecification> filters = new ArrayList<>();
    double[] high = pair("high_pass", highPass == null ? defaults.highPass() : highPass);
    if (high.length > 0) {
      filters.add(new FilterSpecification.HighPass((int) high[1], high[0]));
    }
    double[] low = pair("low_pass", lowPass == null ? defaults.lowPass() : lowPass);
    if (low.length > 0) {
      filters.add(new FilterSpecification.LowPass((int) low[1], low[0]));
    }
    double[] notched = pair("notch", notch == null ? defaults.notch() : notch);
    if (notched.length > 0) {
      filters.add(new FilterSpecification.Notch(2, notched[0], notched[1]));
    }
    return filters;
  }

  private static double[] pair(String option, String text) {
    if (text.equals("none")) {
      return new double[0];
    }
    String[] parts = text.split(":");
    try {
      return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          option + " is '" + text + "'; expected two numbers such as 0.5:2, or none", e);
    }
  }
}
