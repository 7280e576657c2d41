package io.physiowave.training.finetune;

import io.physiowave.training.dataset.BatchPrefetcher;
import io.physiowave.training.dataset.BatchSource;
import io.physiowave.training.dataset.EpochOrder;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.SamplingOptions;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.measure.OutputTask;
import io.physiowave.training.measure.TaskFigures;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.report.HistoryFiles;
import io.physiowave.training.resume.RunProgress;
import io.physiowave.training.resume.RunState;
import io.physiowave.training.run.AdamWOptimizer;
import io.physiowave.training.run.Divergence;
import io.physiowave.training.run.EpochLine;
import io.physiowave.training.run.LearningRate;
import io.physiowave.training.run.NonFiniteLossException;
import io.physiowave.training.run.StopRequest;
import io.physiowave.training.run.TrainingHistory;
import io.physiowave.training.run.TrainingProgress;
import io.physiowave.training.run.WeightAverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Fine-tunes one model: epochs of training, validation after each, the best weights kept, and a
 * state from which the run goes on exactly as if it had never stopped.
 *
 * <p>Several processes may do so together: each trains on its part of every batch, gradients and
 * figures are brought together, so that all have the same weights and the same progress, and the
 * first writes the files. Together they do what one process with as many times the batch would do.
 *
 * <p>The learner is the caller's.
 */
public final class FineTuner implements AutoCloseable {
  private static final String LOSS = "loss";
  private static final String ACCURACY = "accuracy";
  private static final long ORDER = 1;

  private final FinetuneOptions options;
  private final Learner learner;
  private final FinetuneData data;
  private final List<OutputTask> tasks;
  private final ProcessGroup group;
  private final Consumer<String> log;
  private final EpochOrder order;
  private final int batches;
  private final LearningRate rates;
  private final AdamWOptimizer optimizer;
  private final Optional<WeightAverage> average;
  private final Validator validator;
  private final EpochTrainer trainer;
  private final FinetuneFolder folder;
  private final RunState state;
  private TrainingHistory history = new TrainingHistory();
  private RunProgress progress;

  /**
   * Prepares a run; nothing is trained yet.
   *
   * @param learner with its first values, on the device of the options
   * @param tasks what the outputs stand for
   * @param weights of the tasks' losses, in order
   * @param group the processes that train together
   * @param log takes one line at a time for the user
   * @throws IOException if labels do not fit the task, a saved state cannot be read or the output
   *     directory cannot be written
   */
  public FineTuner(
      FinetuneOptions options,
      Learner learner,
      FinetuneData data,
      List<OutputTask> tasks,
      List<Double> weights,
      ProcessGroup group,
      Consumer<String> log)
      throws IOException {
    this.options = options;
    this.learner = learner;
    this.data = data;
    this.tasks = List.copyOf(tasks);
    this.group = group;
    this.log = log;
    data.requireLabelsFor(tasks.get(0));
    options.requireDecisionFor(tasks);
    requireWeighable();
    BatchSource training = data.training();
    order = order(options.sampling(), training, learner.classes(), options.seed());
    int shown = order.windows(0).length;
    int together = options.batchSize() * group.size();
    batches = (shown + together - 1) / together;
    rates = options.schedule().over(options.epochs(), batches);
    folder = new FinetuneFolder(options.outputDirectory());
    optimizer =
        new AdamWOptimizer(
            learner.model().trainedParameters().values(),
            options.weightDecay(),
            options.decayMatricesOnly(),
            options.firstBeta(),
            options.secondBeta());
    average =
        options.averageDecay() > 0
            ? Optional.of(new WeightAverage(learner.model(), options.averageDecay()))
            : Optional.empty();
    state = new RunState(learner.model(), learner.form(), optimizer, average);
    TotalLoss criterion =
        new TotalLoss(
            tasks,
            weights,
            options.objective(),
            training.labels().counts(learner.classes()),
            options.device());
    validator = new Validator(learner, criterion, options);
    trainer = new EpochTrainer(learner, optimizer, criterion, tasks, options, group);
    progress = RunProgress.start(options.configuration(), training.size());
    if (options.resume()) {
      restore();
    }
    group.takeFromFirst(learner.model().parameters().values());
  }

  private void requireWeighable() {
    if (tasks.size() > 1
        && group.size() > 1
        && options.objective().weighting() != ClassWeighting.NONE) {
      throw new IllegalArgumentException(
          "class_weights is "
              + options.objective().weighting()
              + " with several tasks and several processes; expected none, for each task would"
              + " weigh the processes' windows differently");
    }
  }

  private static EpochOrder order(
      SamplingOptions sampling, BatchSource windows, int classes, long seed) {
    int count = windows.size();
    long derived = RandomSeeds.derive(seed, ORDER);
    if (!sampling.draws()) {
      return EpochOrder.shuffled(count, derived);
    }
    int[] groups = windows.groups().orElseGet(() -> new int[count]);
    return EpochOrder.drawn(windows.labels(), groups, classes, sampling, derived);
  }

  /** Parameters of the model and how many of them are trained, for the user. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%,d parameters, %,d trained; %,d training and %,d validation windows on %s%s",
        values(learner.model().parameters()),
        trainedValues(),
        data.training().size(),
        data.validation().size(),
        options.device().name(),
        group.size() == 1 ? "" : ", " + group.size() + " processes");
  }

  /** Number of values that are trained. */
  public long trainedValues() {
    return values(learner.model().trainedParameters());
  }

  private static long values(Map<String, Tensor> parameters) {
    return parameters.values().stream().mapToLong(Tensor::numel).sum();
  }

  /**
   * Trains until the last epoch, until patience ends, or until a stop is asked for.
   *
   * @return whether training came to its end; otherwise the state was saved to go on from
   * @throws NonFiniteLossException when the loss is no number any more
   * @throws IOException when weights or answers are no numbers, or a file cannot be written
   */
  public boolean train(StopRequest stop) throws IOException {
    while (progress.epoch() < options.epochs() && !exhausted()) {
      if (!trainEpoch(stop)) {
        save();
        return false;
      }
      finishEpoch();
    }
    return true;
  }

  private boolean exhausted() {
    return options.patience() > 0
        && progress.bestEpoch() >= 0
        && progress.epoch() - 1 - progress.bestEpoch() >= options.patience();
  }

  /** Whether the epoch was completed. */
  private boolean trainEpoch(StopRequest stop) throws IOException {
    int epoch = progress.epoch();
    int[] windows = order.windows(epoch);
    int part = group.rank().rank();
    learner.model().train(options.dropout());
    try (BatchPrefetcher<WindowBatch> prefetcher =
            new BatchPrefetcher<>(
                progress.batch(),
                batches,
                options.workers(),
                number ->
                    data.training()
                        .batch(windows, epoch, number * group.size() + part, options.batchSize()));
        TrainingProgress bar =
            TrainingProgress.start(
                options.showProgress() && group.isFirst(),
                "epoch " + (epoch + 1) + "/" + options.epochs(),
                windows.length,
                progress.windows())) {
      while (prefetcher.hasNext()) {
        if (group.anySays(stop.asked())) {
          return false;
        }
        WindowBatch batch = prefetcher.next();
        long step = (long) epoch * batches + progress.batch();
        double rate = rates.at(step);
        EpochTrainer.Step done = trainer.step(batch, epoch, step, rate, data.training());
        average.ifPresent(weights -> weights.update(step - averageStart()));
        progress =
            progress.afterBatch(
                Map.of(LOSS, done.loss(), ACCURACY, (double) done.hits() / done.size()),
                done.size());
        bar.advance(done.size(), progress.mean(LOSS), rate);
        if (options.saveEverySteps() > 0
            && progress.batch() % options.saveEverySteps() == 0
            && prefetcher.hasNext()) {
          save();
        }
      }
    }
    if (progress.batch() > 0) {
      // Validation takes its time, and the epoch shall not be lost when it is interrupted.
      save();
    }
    return !group.anySays(stop.asked());
  }

  private long averageStart() {
    return (long) (options.averageStart() * (double) options.epochs() * batches);
  }

  private void finishEpoch() throws IOException {
    int epoch = progress.epoch();
    ModelWeights weights =
        average.isPresent() ? average.get().weights() : learner.model().weights();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train_loss", progress.mean(LOSS));
    figures.put("train_accuracy", progress.mean(ACCURACY));
    float[] answers = validate(weights);
    TaskFigures validation = TaskFigures.of(tasks, answers, data.validation().labels());
    figures.put("val_loss", validator.loss(answers, data.validation().labels()));
    validation.values().forEach((name, value) -> figures.put("val_" + name, value));
    figures.put("learning_rate", rates.at((long) epoch * batches + batches - 1));
    history.add(figures);
    double merit = options.selectBy().merit(figures);
    boolean better =
        merit > progress.bestMerit()
            || options.selectBy() == SelectionFigure.LAST
            || progress.bestEpoch() < 0;
    progress =
        progress.afterEpoch(
            better ? epoch : progress.bestEpoch(),
            better ? merit : progress.bestMerit(),
            history.toJson());
    if (group.isFirst()) {
      if (better) {
        folder.forgetReport();
        learner.form().write(folder.best(), weights, Map.of());
      }
      save();
      folder.writeProgress(options, history, validation);
    }
    log.accept(EpochLine.of(epoch, options.epochs(), figures, better));
  }

  private float[] validate(ModelWeights weights) throws IOException {
    ModelWeights trained = average.isPresent() ? learner.model().weights() : weights;
    learner.model().load(weights);
    float[] answers = validator.logits(data.validation(), "validation", group);
    Divergence.requireFinite(answers, learner.classes(), data.validation()::where);
    learner.model().load(trained);
    return answers;
  }

  private void save() throws IOException {
    if (group.isFirst()) {
      state.save(folder.latest(), progress);
    }
  }

  private void restore() throws IOException {
    Path file = folder.latest();
    if (!Files.exists(file)) {
      log.accept(file + ": nothing was saved yet; starting from the beginning");
      return;
    }
    progress = state.restore(file, progress);
    history = TrainingHistory.ofJson(progress.history());
    if (group.isFirst() && history.epochs() > 0) {
      // A run that was killed between saving its state and writing these left them an epoch behind.
      HistoryFiles.write(history, folder.path());
    }
    log.accept(
        file + ": going on at epoch " + (progress.epoch() + 1) + ", batch " + progress.batch());
  }

  /** Where the weights of the best epoch are kept. */
  public Path bestFile() {
    return folder.best();
  }

  /** The figures of the epochs so far. */
  public TrainingHistory history() {
    return history;
  }

  /**
   * Puts the best weights into the model and measures them, in this process alone.
   *
   * @return epoch of the best weights and their answers to validation and test
   */
  public Best best() throws IOException {
    learner.model().load(learner.form().read(folder.best()).weights());
    ProcessGroup alone = ProcessGroup.alone();
    float[] onValidation = validator.logits(data.validation(), "validation", alone);
    Optional<float[]> onTest =
        data.test().isPresent()
            ? Optional.of(validator.logits(data.test().get(), "test", alone))
            : Optional.empty();
    return new Best(progress.bestEpoch(), onValidation, onTest);
  }

  /**
   * The best weights' answers, those of all tasks side by side.
   *
   * @param epoch counted from 0
   */
  public record Best(int epoch, float[] validation, Optional<float[]> test) {}

  @Override
  public void close() {
    average.ifPresent(WeightAverage::close);
    optimizer.close();
  }
}
