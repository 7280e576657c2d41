package io.physiowave.streaming.infer;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.SignalQuality;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.AssignedWindowSerializer;
import io.physiowave.streaming.model.ModelCatalogue;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.DeviceChoice;
import io.physiowave.streaming.options.GpuOptions;
import io.physiowave.streaming.options.GraphOptimisation;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.testing.RegisteredMetrics;
import io.physiowave.streaming.testing.TestModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The operator alone, with a model for EMG and one for ECG, its mailbox taken by the test. */
abstract class InferenceHarness {
  static final int BATCH = 4;
  static final int WAIT = 50;

  @TempDir static Path directory;

  final RegisteredMetrics registered = new RegisteredMetrics();
  ModelCatalogue models;
  OneInputStreamOperatorTestHarness<AssignedWindow, InferredWindow> harness;

  @BeforeEach
  void open() throws Exception {
    models = TestModels.catalogue(directory, TestModels.emg(Decision.ARG_MAX), TestModels.ecg());
    harness = harness();
    harness.open();
  }

  OneInputStreamOperatorTestHarness<AssignedWindow, InferredWindow> harness() throws Exception {
    return harness(Duration.ofMinutes(5));
  }

  OneInputStreamOperatorTestHarness<AssignedWindow, InferredWindow> harness(Duration trialTimeout)
      throws Exception {
    return harness(trialTimeout, BatchedInference.SHUTDOWN);
  }

  OneInputStreamOperatorTestHarness<AssignedWindow, InferredWindow> harness(
      Duration trialTimeout, Duration shutdown) throws Exception {
    InferenceOptions options =
        new InferenceOptions(
            BATCH,
            Duration.ofMillis(WAIT),
            DeviceChoice.CPU,
            1,
            GraphOptimisation.ALL,
            trialTimeout,
            GpuOptions.DEFAULT,
            "");
    var made =
        new OneInputStreamOperatorTestHarness<>(
            new BatchedInferenceFactory(models, options, shutdown),
            AssignedWindowSerializer.INSTANCE,
            registered.environment());
    made.setup(InferredWindow.TYPE.createSerializer(new SerializerConfigImpl()));
    return made;
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    // A call that was given up lets its model go when it comes back.
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> LoadedModels.count() == 0);
  }

  static SignalWindow window(String stream, long start, int level) {
    return window(stream, start, level, SignalQuality.GOOD);
  }

  static SignalWindow window(String stream, long start, int level, SignalQuality quality) {
    float[] input = new float[2 * TestModels.EMG_WINDOW];
    Arrays.fill(input, level);
    return window(Modality.EMG, stream, start, input, quality);
  }

  static SignalWindow window(
      Modality modality, String stream, long start, float[] input, SignalQuality quality) {
    return new SignalWindow(
        stream, "s", modality, 200, start, start + 40, 0, 1, -1, input, quality, 5, 6);
  }

  void process(SignalWindow... windows) throws Exception {
    for (SignalWindow window : windows) {
      ServedModel model = models.serving(window.modality()).orElseThrow();
      harness.processElement(new AssignedWindow(window, model), 0);
    }
  }

  /** Runs what the inference thread has put into the task's mailbox until enough came out. */
  List<InferredWindow> await(int answers) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInSameThread()
        .until(
            () -> {
              takeMail();
              return answers().size() >= answers;
            });
    return answers();
  }

  void takeMail() throws Exception {
    while (harness.getTaskMailbox().hasMail()) {
      harness.getTaskMailbox().take(0).run();
    }
  }

  void shadowed(ServedModel serving, ServedModel shadow, long start, int level) throws Exception {
    SignalWindow window = window("a", start, level);
    harness.processElement(
        new AssignedWindow(window, serving, Optional.of(shadow), Optional.empty()), 0);
  }

  void byCanary(ServedModel canary, ServedModel serving, long start, int level) throws Exception {
    SignalWindow window = window("a", start, level);
    harness.processElement(
        new AssignedWindow(window, canary, Optional.empty(), Optional.of(serving)), 0);
  }

  List<InferredWindow> answers(WindowRole... roles) {
    return answers().stream().filter(answer -> List.of(roles).contains(answer.role())).toList();
  }

  static List<Long> starts(List<InferredWindow> answers) {
    return answers.stream().map(InferredWindow::startSample).toList();
  }

  static List<Long> starts(int windows) {
    return LongStream.range(0, windows).mapToObj(i -> 20 * i).toList();
  }

  List<InferredWindow> answers() {
    return new ArrayList<>(harness.extractOutputValues());
  }

  static int best(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
