package io.physiowave.training.command;

import io.physiowave.core.dsp.FilterSpecification;
import io.physiowave.training.download.DatasetDownload;
import io.physiowave.training.download.DownloadOptions;
import io.physiowave.training.download.PublicDataset;
import io.physiowave.training.prepare.PrepareOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

  @Option(
      names = "--restart",
      description = "Begin anew instead of going on with an interrupted preparation.")
  private boolean restart;

  @Option(
      names = "--skip_damaged",
      description = "Leave out records that cannot be read, naming each, instead of stopping.")
  private boolean skipDamaged;

  @Option(names = "--no_progress", description = "Show no progress bar.")
  private boolean noProgress;

  @Option(
      names = "--download",
      description =
          "Fetch the recordings into INPUT first; files that are there already are not fetched"
              + " again, pieces of others are gone on with.")
  private boolean download;

  @Option(
      names = "--download_url",
      description =
          "Mirror to fetch from: the folder of SHA256SUMS.txt (PhysioNet), the record (Zenodo API)"
              + " or the file (UCI).")
  private URI downloadUrl;

  @Option(
      names = "--download_parallel",
      defaultValue = "4",
      description = "Files fetched at the same time (default ${DEFAULT-VALUE}).")
  private int downloadParallel;

  /** What one data set does when an option is not given. */
  record Defaults(String highPass, String lowPass, String notch, String validation) {}

  /**
   * Fetches the recordings if that is asked for, and says where to get them if they are not there.
   *
   * @param log takes one line at a time for the user
   */
  void obtain(PublicDataset dataset, Consumer<String> log) throws IOException {
    if (download) {
      DownloadOptions base = DownloadOptions.DEFAULT;
      DownloadOptions options =
          new DownloadOptions(
              Optional.ofNullable(downloadUrl),
              downloadParallel,
              base.attempts(),
              base.firstPause(),
              base.silence(),
              showProgress());
      DatasetDownload.into(input, dataset, options, log);
    } else if (!Files.exists(input)) {
      throw new IOException(input + ": no such file or directory; " + dataset.whereToGetIt());
    }
  }

  private boolean showProgress() {
    return !noProgress && Terminal.isThere();
  }

  /** For data sets whose rules know neither filters nor named parts. */
  PrepareOptions options(double rateHz, int windowSamples, Map<String, Object> configuration) {
    for (String filter : Arrays.asList(highPass, lowPass, notch)) {
      if (filter != null && !filter.equals("none")) {
        throw new IllegalArgumentException(
            "filter '" + filter + "'; expected none: the published rules of this set have none");
      }
    }
    return options(
        rateHz, windowSamples, 0, new Defaults("none", "none", "none", ""), "", "", configuration);
  }

  PrepareOptions options(
      double rateHz,
      int windowSamples,
      int marginSamples,
      Defaults defaults,
      String validation,
      String test,
      Map<String, Object> configuration) {
    Set<String> testing = names(test);
    Set<String> validating = names(validation == null ? defaults.validation() : validation);
    if (validation == null) {
      validating.removeAll(testing);
    }
    return new PrepareOptions(
        input,
        outputDir,
        rateHz,
        windowSamples,
        marginSamples,
        filters(defaults),
        validating,
        validation != null,
        testing,
        configuration,
        new PrepareOptions.Handling(restart, skipDamaged, showProgress()));
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
