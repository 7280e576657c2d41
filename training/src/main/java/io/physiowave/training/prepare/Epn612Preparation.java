package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.epn612.EpnSample;
import io.physiowave.connectors.recording.epn612.EpnUserFile;
import io.physiowave.core.card.Windowing;
import io.physiowave.core.frame.Modality;
import io.physiowave.training.dataset.DatasetDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The gesture samples of EMG-EPN-612 by the published rules: counts divided by 128, the first 1024
 * samples or zeros at the end, each channel to at most 1 in size. Samples without a published
 * gesture are left out.
 *
 * <p>A sample is a whole window, so the hop says nothing. The armband gives counts without a unit;
 * as windows are scaled, the description says V like the other armband recordings.
 */
public final class Epn612Preparation implements Preparation {
  /** Name of the data set in descriptions. */
  public static final String NAME = "epn612";

  /** The classes in the order of the labels. */
  public static final List<String> LABELS =
      List.of("noGesture", "waveIn", "waveOut", "pinch", "open", "fist");

  private static final String NOT_PROVIDED = "notProvided";
  private static final Pattern USER =
      Pattern.compile("(?:^|/)(training|testing)JSON/(user\\d+)/\\2\\.json$");
  private static final float COUNTS = 128;

  private final PrepareOptions options;
  private final EpnProtocol protocol;
  private final ValidationDraw validation;
  private final Consumer<String> log;

  /**
   * Takes the options; the input is the published zip or the directory it was unpacked to.
   *
   * @param validation of the training users, user-independent only
   * @param log takes one line at a time for the user
   */
  public Epn612Preparation(
      PrepareOptions options,
      EpnProtocol protocol,
      ValidationDraw validation,
      Consumer<String> log) {
    this.options = options;
    this.protocol = protocol;
    this.validation = validation;
    this.log = log;
  }

  /**
   * Reads the users' files and writes the HDF5 files and their description.
   *
   * @throws IOException if a file is damaged or missing, or cannot be written
   */
  public DatasetDescription run() throws IOException {
    return PreparationRun.of(this, options, log);
  }

  @Override
  public DatasetFacts facts() {
    return new DatasetFacts(
        NAME,
        "gesture-classification",
        Modality.EMG,
        LABELS,
        ArmbandChannels.of(EpnUserFile.CHANNELS),
        "V",
        new Windowing.Sliding(options.windowSamples(), options.windowSamples()),
        "EMG-EPN-612 dataset (Zenodo 4421500)",
        "CC BY 4.0",
        protocol.description(),
        validation.seed(),
        "users",
        "users with samples of the gestures " + LABELS);
  }

  @Override
  public PreparationItems items() throws IOException {
    InputTree tree = InputTree.open(options.input());
    try {
      List<InputTree.Found> files =
          tree.find(USER, "trainingJSON/user1/user1.json and so on, and testingJSON likewise");
      int training = (int) files.stream().filter(file -> !isTesting(file)).count();
      BitSet drawn = validation.of(training, Math.round(validation.share() * training));
      List<PreparationItem> items = new ArrayList<>();
      int trainingUser = 0;
      for (InputTree.Found file : files) {
        boolean testing = isTesting(file);
        boolean validates = !testing && drawn.get(trainingUser++);
        items.add(item(file, new EpnProtocol.EpnUser(name(file), testing, validates)));
      }
      return PreparationItems.of(items, tree);
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private static boolean isTesting(InputTree.Found file) {
    return name(file).startsWith("testing");
  }

  private static String name(InputTree.Found file) {
    return USER.matcher(file.file().name())
        .results()
        .map(match -> match.group(1) + "/" + match.group(2))
        .findFirst()
        .orElseThrow();
  }

  private PreparationItem item(InputTree.Found file, EpnProtocol.EpnUser user) {
    return new PreparationItem(
        user.name(),
        () -> List.of(file.file()),
        parts -> {
          Map<EpnSample.Set, Map<String, Integer>> earlier = new EnumMap<>(EpnSample.Set.class);
          EpnUserFile.read(file.file().path(), sample -> add(sample, user, earlier, parts));
        });
  }

  private void add(
      EpnSample sample,
      EpnProtocol.EpnUser user,
      Map<EpnSample.Set, Map<String, Integer>> earlier,
      PreparedParts parts)
      throws IOException {
    Optional<String> gesture = sample.gesture().filter(name -> !name.equals(NOT_PROVIDED));
    if (gesture.isEmpty()) {
      return;
    }
    int label = LABELS.indexOf(gesture.get());
    if (label < 0) {
      throw new MalformedRecordingException(
          user.name()
              + ": gestureName of "
              + sample.name()
              + " is '"
              + gesture.get()
              + "'; expected one of "
              + LABELS);
    }
    int before =
        earlier
                .computeIfAbsent(sample.set(), set -> new HashMap<>())
                .merge(gesture.get(), 1, Integer::sum)
            - 1;
    Optional<String> part = protocol.partOf(user, sample.set(), before);
    if (part.isPresent()) {
      parts.append(part.get(), user.name(), window(sample.emg()), label);
    }
  }

  private float[] window(float[][] emg) {
    int length = options.windowSamples();
    float[] window = new float[emg.length * length];
    for (int channel = 0; channel < emg.length; channel++) {
      int at = channel * length;
      int count = Math.min(length, emg[channel].length);
      for (int t = 0; t < count; t++) {
        window[at + t] = emg[channel][t] / COUNTS;
      }
      WindowScaling.MAXABS.apply(window, at, at + length);
    }
    return window;
  }
}
