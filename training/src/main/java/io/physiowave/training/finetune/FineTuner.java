package io.physiowave.training.finetune;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchAssembler;
import io.physiowave.training.dataset.BatchPrefetcher;
import io.physiowave.training.dataset.EpochOrder;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.SamplingOptions;
import io.physiowave.training.dataset.WindowBatch;
import io.physiowave.training.dataset.WindowLayout;
import io.physiowave.training.measure.Answers;
import io.physiowave.training.measure.Evaluator;
import io.physiowave.training.measure.Figures;
import io.physiowave.training.measure.TorchModel;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.WeightMatch;
import io.physiowave.training.resume.RunProgress;
import io.physiowave.training.resume.RunState;
import io.physiowave.training.run.AdamWOptimizer;
import io.physiowave.training.run.EpochLine;
import io.physiowave.training.run.HistoryFiles;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Fine-tunes one model: epochs of training, validation after each, the best weights kept, and a
 * state from which the run goes on exactly as if it had never stopped.
 *
 * <p>Owns the model while open.
 */
public final class FineTuner implements AutoCloseable {
  private static final String LOSS = "loss";
  private static final String ACCURACY = "accuracy";
  private static final long ORDER = 1;
  private static final long AUGMENTATION = 2;

  private final FinetuneOptions options;
  private final ModelConfig config;
  private final Consumer<String> log;
  private final BatchAssembler training;
  private final BatchAssembler validation;
  private final Optional<BatchAssembler> test;
  private final EpochOrder order;
  private final int batches;
  private final LearningRate rates;
  private final PhysioWaveModel model;
  private final AdamWOptimizer optimizer;
  private final Optional<WeightAverage> average;
  private final TrainingLoss criterion;
  private final FinetuneFolder folder;
  private final RunState state;
  private TrainingHistory history = new TrainingHistory();
  private RunProgress progress;

  /**
   * Prepares a run; nothing is trained yet.
   *
   * @param layout of the windows in the files
   * @param log takes one line at a time for the user
   * @throws IOException if files cannot be read or the output directory cannot be written
   */
  public FineTuner(
      FinetuneOptions options,
      ModelConfig config,
      WindowLayout layout,
      TrainingParts parts,
      Consumer<String> log)
      throws IOException {
    this.options = options;
    this.config = config;
    this.log = log;
    long seed = options.seed();
    int classes = config.numClasses();
    training =
        new BatchAssembler(
            parts.train().windows(),
            parts.train().labels(),
            classes,
            layout,
            options.augmentation(),
            RandomSeeds.derive(seed, AUGMENTATION));
    validation = unvaried(parts.validation(), layout, classes);
    test =
        parts.test().isPresent()
            ? Optional.of(unvaried(parts.test().get(), layout, classes))
            : Optional.empty();
    order = order(options.sampling(), parts.train(), classes, RandomSeeds.derive(seed, ORDER));
    int shown = order.windows(0).length;
    batches = (shown + options.batchSize() - 1) / options.batchSize();
    rates = options.schedule().over(options.epochs(), batches);
    folder = new FinetuneFolder(options.outputDirectory());
    model = PhysioWaveModel.create(config, seed);
    model.load(options.initialisation().start(model.weights(), seed));
    if (options.pretrained().isPresent()) {
      takeOver(options.pretrained().get());
    }
    if (options.freezeEncoder()) {
      model.freezeEncoder();
    }
    model.to(options.device().torch());
    optimizer =
        new AdamWOptimizer(
            model.trainedParameters().values(),
            options.weightDecay(),
            options.decayMatricesOnly(),
            options.firstBeta(),
            options.secondBeta());
    average =
        options.averageDecay() > 0
            ? Optional.of(new WeightAverage(model, options.averageDecay()))
            : Optional.empty();
    state = new RunState(model, optimizer, average);
    criterion =
        new TrainingLoss(
            config.task(),
            options.objective(),
            parts.train().labels().counts(classes),
            options.device());
    progress = RunProgress.start(options.configuration());
    if (options.resume()) {
      restore();
    }
  }

  private static EpochOrder order(
      SamplingOptions sampling, TrainingParts.Part part, int classes, long seed) {
    int count = part.windows().size();
    if (!sampling.draws()) {
      return EpochOrder.shuffled(count, seed);
    }
    int[] groups = part.windows().groups().orElseGet(() -> new int[count]);
    return EpochOrder.drawn(part.labels(), groups, classes, sampling, seed);
  }

  private static BatchAssembler unvaried(TrainingParts.Part part, WindowLayout layout, int classes)
      throws IOException {
    return new BatchAssembler(
        part.windows(), part.labels(), classes, layout, AugmentationOptions.NONE, 0);
  }

  private void takeOver(Path file) throws IOException {
    WeightMatch match = model.loadMatching(CheckpointFile.read(file).weights());
    log.accept(file + ": " + match.describe());
  }

  /** Parameters of the model and how many of them are trained, for the user. */
  public String describe() {
    long all = values(model.parameters());
    long trained = trainedValues();
    return String.format(
        Locale.ROOT,
        "%,d parameters, %,d trained; %,d training and %,d validation windows on %s",
        all,
        trained,
        training.windows().size(),
        validation.windows().size(),
        options.device().name());
  }

  /** Number of values that are trained. */
  public long trainedValues() {
    return values(model.trainedParameters());
  }

  private static long values(Map<String, Tensor> parameters) {
    return parameters.values().stream().mapToLong(Tensor::numel).sum();
  }

  /**
   * Trains until the last epoch, until patience ends, or until a stop is asked for.
   *
   * @return whether training came to its end; otherwise the state was saved to go on from
   * @throws NonFiniteLossException when the loss is no number any more
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
    model.train(true);
    EpochTrainer trainer =
        new EpochTrainer(
            model, optimizer, criterion, options.gradientClip(), options.device(), options.seed());
    try (BatchPrefetcher<WindowBatch> prefetcher =
            new BatchPrefetcher<>(
                progress.batch(),
                batches,
                options.workers(),
                number -> training.batch(windows, epoch, number, options.batchSize()));
        TrainingProgress bar =
            TrainingProgress.start(
                options.showProgress(),
                "epoch " + (epoch + 1) + "/" + options.epochs(),
                windows.length,
                progress.windows())) {
      while (prefetcher.hasNext()) {
        if (stop.asked()) {
          return false;
        }
        WindowBatch batch = prefetcher.next();
        long step = (long) epoch * batches + batch.number();
        double rate = rates.at(step);
        EpochTrainer.Step done = trainer.step(batch, epoch, step, rate, training.windows());
        average.ifPresent(weights -> weights.update(step - averageStart()));
        progress =
            progress.afterBatch(
                Map.of(LOSS, done.loss(), ACCURACY, (double) done.hits() / batch.size()),
                batch.size());
        bar.advance(batch.size(), progress.mean(LOSS), rate);
        if (options.saveEverySteps() > 0
            && (batch.number() + 1) % options.saveEverySteps() == 0
            && prefetcher.hasNext()) {
          save();
        }
      }
    }
    return true;
  }

  private long averageStart() {
    return (long) (options.averageStart() * (double) options.epochs() * batches);
  }

  private void finishEpoch() throws IOException {
    int epoch = progress.epoch();
    ModelWeights weights = average.isPresent() ? average.get().weights() : model.weights();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train_loss", progress.mean(LOSS));
    figures.put("train_accuracy", progress.mean(ACCURACY));
    figures.putAll(validate(weights));
    figures.put("learning_rate", rates.at((long) epoch * batches + batches - 1));
    history.add(figures);
    double merit = options.selectBy().merit(figures);
    boolean better =
        merit > progress.bestMerit()
            || options.selectBy() == SelectionFigure.LAST
            || progress.bestEpoch() < 0;
    if (better) {
      CheckpointFile.write(folder.best(), new Checkpoint(config, weights));
    }
    progress =
        progress.afterEpoch(
            better ? epoch : progress.bestEpoch(),
            better ? merit : progress.bestMerit(),
            history.toJson());
    save();
    HistoryFiles.write(history, folder.path());
    log.accept(EpochLine.of(epoch, options.epochs(), figures, better));
  }

  private Map<String, Double> validate(ModelWeights weights) throws IOException {
    ModelWeights trained = average.isPresent() ? model.weights() : weights;
    model.load(weights);
    Answers answers = answers(validation, "validation");
    model.load(trained);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("val_loss", loss(answers));
    Figures.of(answers, validation.labels())
        .values()
        .forEach((name, value) -> figures.put("val_" + name, value));
    return figures;
  }

  /** Answers of the model's present weights. */
  private Answers answers(BatchAssembler windows, String task) throws IOException {
    model.train(false);
    try (TrainingProgress bar =
        TrainingProgress.start(options.showProgress(), task, windows.windows().size(), 0)) {
      return Evaluator.answers(
          new TorchModel(model, options.device()),
          config.task(),
          config.numClasses(),
          windows,
          options.batchSize(),
          bar);
    }
  }

  private double loss(Answers answers) {
    int classes = answers.classes();
    float[] targets = new float[answers.logits().length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = validation.labels().holds(i / classes, i % classes) ? 1 : 0;
    }
    return Scopes.freeing(
        () ->
            Scopes.withoutGradient(
                () ->
                    criterion
                        .of(
                            onDevice(Tensor.create(answers.logits(), answers.size(), classes)),
                            onDevice(Tensor.create(targets, answers.size(), classes)))
                        .item_double()));
  }

  private Tensor onDevice(Tensor tensor) {
    return options.device().isCuda()
        ? tensor.to(options.device().torch(), tensor.scalar_type())
        : tensor;
  }

  private void save() throws IOException {
    state.save(folder.latest(), progress);
  }

  private void restore() throws IOException {
    Path file = folder.latest();
    if (!Files.exists(file)) {
      log.accept(file + ": nothing was saved yet; starting from the beginning");
      return;
    }
    progress = state.restore(file, progress);
    history = TrainingHistory.ofJson(progress.history());
    log.accept(
        file + ": going on at epoch " + (progress.epoch() + 1) + ", batch " + progress.batch());
  }

  /**
   * Puts the best weights into the model and measures them.
   *
   * @return epoch of the best weights and their answers to validation and test
   */
  public Best best() throws IOException {
    model.load(CheckpointFile.read(folder.best()).weights());
    Answers onValidation = answers(validation, "validation");
    Optional<Answers> onTest =
        test.isPresent() ? Optional.of(answers(test.get(), "test")) : Optional.empty();
    return new Best(progress.bestEpoch(), onValidation, onTest);
  }

  /**
   * The best weights' answers.
   *
   * @param epoch counted from 0
   */
  public record Best(int epoch, Answers validation, Optional<Answers> test) {}

  @Override
  public void close() {
    average.ifPresent(WeightAverage::close);
    optimizer.close();
    model.close();
  }
}
