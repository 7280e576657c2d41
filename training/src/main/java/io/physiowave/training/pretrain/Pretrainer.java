package io.physiowave.training.pretrain;

import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.zeros;

import io.physiowave.training.checkpoint.Checkpoint;
import io.physiowave.training.checkpoint.CheckpointFile;
import io.physiowave.training.checkpoint.CheckpointForm;
import io.physiowave.training.checkpoint.PretrainingRun;
import io.physiowave.training.checkpoint.PretrainingRunJson;
import io.physiowave.training.dataset.AugmentationOptions;
import io.physiowave.training.dataset.BatchPrefetcher;
import io.physiowave.training.dataset.EpochOrder;
import io.physiowave.training.dataset.InvalidDatasetException;
import io.physiowave.training.dataset.RandomSeeds;
import io.physiowave.training.dataset.WindowSet;
import io.physiowave.training.distributed.ProcessGroup;
import io.physiowave.training.model.Initialisation;
import io.physiowave.training.model.Masking;
import io.physiowave.training.model.MaskingStrategy;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.Reconstruction;
import io.physiowave.training.model.Scopes;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Pretrains an encoder by guessing hidden patches: epochs of training, validation after each, the
 * best weights kept, and a state from which the run goes on exactly as if it had never stopped.
 *
 * <p>Several processes may do so together: each trains on its part of every batch, gradients and
 * figures are brought together, and the first writes the files. Together they do what one process
 * with as many times the batch would do.
 *
 * <p>Owns the model while open.
 */
public final class Pretrainer implements AutoCloseable {
  private static final double FIRST_BETA = 0.9;
  private static final double SECOND_BETA = 0.95;
  private static final int BLOCK = 64;
  private static final long ORDER = 1;
  private static final long AUGMENTATION = 2;
  private static final long MASKS = 3;
  private static final long VALIDATION = 4;

  private final PretrainOptions options;
  private final ModelConfig config;
  private final PretrainingRun record;
  private final ProcessGroup group;
  private final Consumer<String> log;
  private final UnlabelledBatches training;
  private final Optional<UnlabelledBatches> validation;
  private final EpochOrder order;
  private final int batches;
  private final int stepsPerEpoch;
  private final LearningRate rates;
  private final PhysioWaveModel model;
  private final List<Tensor> trained;
  private final int tokens;
  private final AdamWOptimizer optimizer;
  private final RunState state;
  private final PretrainFolder folder;
  private TrainingHistory history = new TrainingHistory();
  private RunProgress progress;

  /**
   * Prepares a run; nothing is trained yet.
   *
   * @param initialisation first values of linear layers
   * @param record of how it is trained, kept with the weights
   * @param trainingSet windows to train on
   * @param validationSet windows to choose the best epoch by; without any the training loss decides
   * @param group the processes that train together
   * @param log takes one line at a time for the user
   * @throws IOException if files do not fit or the output directory cannot be written
   * @throws IllegalArgumentException if the mask hides no token
   */
  public Pretrainer(
      PretrainOptions options,
      ModelConfig config,
      Initialisation initialisation,
      PretrainingRun record,
      WindowSet trainingSet,
      Optional<WindowSet> validationSet,
      ProcessGroup group,
      Consumer<String> log)
      throws IOException {
    tokens = config.tokens(options.maximumLength());
    requireHidden(tokens, options.maskRatio());
    this.options = options;
    this.config = config;
    this.record = record;
    this.group = group;
    this.log = log;
    long seed = options.seed();
    training =
        new UnlabelledBatches(
            requireRows(trainingSet),
            options.maximumLength(),
            options.augmentation(),
            options.randomCrop(),
            RandomSeeds.derive(seed, AUGMENTATION));
    validation =
        validationSet.isPresent()
            ? Optional.of(unvaried(requireRows(validationSet.get())))
            : Optional.empty();
    order =
        EpochOrder.buffered(
            trainingSet.size(), BLOCK, options.shuffleBuffer(), RandomSeeds.derive(seed, ORDER));
    stepsPerEpoch =
        trainingSet.size() / group.size() / options.batchSize() / options.accumulation();
    // Whole steps only, as published: what is left over waits for another order.
    batches = stepsPerEpoch * options.accumulation();
    if (batches == 0) {
      throw new InvalidDatasetException(
          trainingSet.paths()
              + ": "
              + trainingSet.size()
              + " windows make no step of "
              + options.accumulation()
              + " batches of "
              + options.batchSize()
              + (group.size() == 1 ? "" : " in each of " + group.size() + " processes")
              + "; lower --batch_size or --grad_accumulation_steps");
    }
    rates =
        options.cosine()
            ? LearningRate.warmUpCosine(
                options.learningRate(),
                (long) options.warmUpEpochs() * stepsPerEpoch,
                (long) options.epochs() * stepsPerEpoch)
            : LearningRate.constant(options.learningRate());
    folder = new PretrainFolder(options.outputDirectory());
    model = PhysioWaveModel.create(config, seed);
    model.load(initialisation.start(model.weights(), seed));
    model.to(options.device().torch());
    trained = List.copyOf(model.trainedParameters().values());
    optimizer = new AdamWOptimizer(trained, options.weightDecay(), FIRST_BETA, SECOND_BETA);
    state = new RunState(model, CheckpointForm.of(config), optimizer, Optional.empty());
    progress = RunProgress.start(options.configuration(), training.windows().size());
    if (options.resume()) {
      restore();
    }
    group.takeFromFirst(model.parameters().values());
  }

  /** With nothing to guess the loss is 0, and every weight stays as it was. */
  private static void requireHidden(int tokens, double maskRatio) {
    if (Masking.count(tokens, maskRatio) == 0) {
      throw new IllegalArgumentException(
          "mask_ratio "
              + maskRatio
              + " hides none of the "
              + tokens
              + " tokens of a window; expected at least "
              + Math.ceil(1e4 / tokens) / 1e4);
    }
  }

  private UnlabelledBatches unvaried(WindowSet windows) {
    return new UnlabelledBatches(
        windows, options.maximumLength(), AugmentationOptions.NONE, false, 0);
  }

  private WindowSet requireRows(WindowSet windows) throws InvalidDatasetException {
    if (windows.rows() != config.inChannels()) {
      throw new InvalidDatasetException(
          windows.paths().get(0)
              + ": windows have "
              + windows.rows()
              + " channels; expected "
              + config.inChannels()
              + " (in_channels)");
    }
    return windows;
  }

  /** Sizes of the model and the data, for the user. */
  public String describe() {
    long values = model.parameters().values().stream().mapToLong(Tensor::numel).sum();
    return String.format(
        Locale.ROOT,
        "%,d parameters; %,d training windows in %,d steps an epoch, %,d validation windows on %s%s",
        values,
        training.windows().size(),
        stepsPerEpoch,
        validation.map(part -> part.windows().size()).orElse(0),
        options.device().name(),
        group.size() == 1 ? "" : ", " + group.size() + " processes");
  }

  /**
   * Trains until the last epoch or until a stop is asked for.
   *
   * @return whether training came to its end; otherwise the state was saved to go on from
   * @throws NonFiniteLossException when the loss is no number any more
   * @throws IOException when weights or validation are no numbers, or a file cannot be written
   */
  public boolean train(StopRequest stop) throws IOException {
    while (progress.epoch() < options.epochs()) {
      if (!trainEpoch(stop)) {
        save();
        return false;
      }
      finishEpoch();
    }
    return true;
  }

  private boolean trainEpoch(StopRequest stop) throws IOException {
    int epoch = progress.epoch();
    int[] windows = order.windows(epoch);
    model.train(options.dropout());
    optimizer.zeroGradients();
    try (BatchPrefetcher<float[]> prefetcher =
            new BatchPrefetcher<>(
                progress.batch(),
                batches,
                options.workers(),
                number -> training.batch(windows, epoch, partOf(number), options.batchSize()));
        TrainingProgress bar =
            TrainingProgress.start(
                options.showProgress() && group.isFirst(),
                "epoch " + (epoch + 1) + "/" + options.epochs(),
                (long) batches * options.batchSize() * group.size(),
                progress.windows())) {
      while (prefetcher.hasNext()) {
        // Gradients are not saved, so a run stops between steps only.
        if (progress.batch() % options.accumulation() == 0 && group.anySays(stop.asked())) {
          return false;
        }
        float[] batch = prefetcher.next();
        double rate = rates.at((long) epoch * stepsPerEpoch + stepInEpoch());
        train(batch, epoch, rate, windows);
        bar.advance(
            options.batchSize() * group.size(), progress.mean(ReconstructionFigures.LOSS), rate);
        if (options.saveEverySteps() > 0
            && progress.batch() % (options.saveEverySteps() * options.accumulation()) == 0
            && prefetcher.hasNext()) {
          save();
        }
      }
    }
    if (progress.batch() > 0 && validation.isPresent()) {
      // Validation takes its time, and the epoch shall not be lost when it is interrupted.
      save();
    }
    return !group.anySays(stop.asked());
  }

  /** The number of this process's part of a batch, when all batches are counted in parts. */
  private int partOf(int batch) {
    return batch * group.size() + group.rank().rank();
  }

  /**
   * Seeds what a batch draws. Masks are drawn window by window; where nothing else is drawn, those
   * of the other processes' windows are passed over, so that together they hide what one process
   * with the whole batch would hide. With dropout every process draws for itself.
   */
  private void seed(boolean dropout, long... position) {
    int rank = group.rank().rank();
    long seed = RandomSeeds.derive(options.seed(), position);
    manual_seed(dropout && rank > 0 ? RandomSeeds.derive(seed, rank) : seed);
    long before = (long) rank * options.batchSize();
    if (!dropout && before > 0 && config.maskingStrategy() == MaskingStrategy.FREQUENCY_GUIDED) {
      Scopes.freeing(
          () -> {
            options.device().place(zeros(before, tokens)).uniform_();
          });
    }
  }

  private int stepInEpoch() {
    return progress.batch() / options.accumulation();
  }

  private void train(float[] batch, int epoch, double rate, int[] windows) throws IOException {
    int number = progress.batch();
    seed(options.dropout(), MASKS, epoch, number);
    Map<String, Double> part =
        Scopes.freeing(
            () -> {
              Reconstruction pass =
                  options
                      .precision()
                      .forward(
                          options.device(),
                          () -> model.reconstruct(input(batch), options.maskRatio()));
              Tensor loss = options.fixedTarget() ? pass.lossOnFixedTarget() : pass.loss();
              double value = loss.item_double();
              if (Double.isFinite(value)) {
                loss.div(new Scalar(options.accumulation())).backward();
              }
              return Scopes.withoutGradient(() -> ReconstructionFigures.of(pass, value));
            });
    Map<String, Double> figures = ReconstructionFigures.together(part, 1, group);
    if (!Double.isFinite(figures.get(ReconstructionFigures.LOSS))) {
      throw new NonFiniteLossException(
          epoch,
          (long) epoch * stepsPerEpoch + stepInEpoch(),
          number,
          figures.get(ReconstructionFigures.LOSS),
          Double.isFinite(part.get(ReconstructionFigures.LOSS))
              ? "those of another process"
              : training.windows().where(windows[partOf(number) * options.batchSize()]));
    }
    if ((number + 1) % options.accumulation() == 0) {
      Scopes.freeing(
          () -> {
            group.averageGradients(trained, 1);
            if (options.gradientClip() > 0) {
              optimizer.clipGradients(options.gradientClip());
            }
            optimizer.step(rate);
          });
      optimizer.zeroGradients();
    }
    progress = progress.afterBatch(figures, options.batchSize() * group.size());
  }

  private Tensor input(float[] batch) {
    long rows = config.inChannels();
    long length = options.maximumLength();
    return options
        .device()
        .place(Tensor.create(batch, batch.length / (rows * length), rows, length));
  }

  private void finishEpoch() throws IOException {
    int epoch = progress.epoch();
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String name : new String[] {ReconstructionFigures.LOSS, "accuracy", "rmse", "mae"}) {
      figures.put("train_" + name, progress.mean(name));
    }
    if (validation.isPresent()) {
      figures.putAll(validate(validation.get()));
      Divergence.requireFinite(figures.get("val_loss"), epoch);
    }
    figures.put("learning_rate", rates.at((long) (epoch + 1) * stepsPerEpoch - 1));
    history.add(figures);
    double loss = figures.getOrDefault("val_loss", figures.get("train_loss"));
    boolean better = progress.bestEpoch() < 0 || -loss > progress.bestMerit();
    progress =
        progress.afterEpoch(
            better ? epoch : progress.bestEpoch(),
            better ? -loss : progress.bestMerit(),
            history.toJson());
    if (group.isFirst()) {
      PretrainingRun reached = record.at(epoch, figures);
      ModelWeights weights = model.weights();
      Divergence.requireFinite(weights);
      Checkpoint checkpoint =
          new Checkpoint(config, weights, PretrainingRunJson.sections(Optional.of(reached)));
      if (better) {
        CheckpointFile.write(folder.best(), checkpoint);
      }
      if ((epoch + 1) % options.keepEveryEpochs() == 0) {
        CheckpointFile.write(folder.kept(epoch + 1), checkpoint);
      }
      save();
      folder.writeProgress(options, history);
    }
    log.accept(EpochLine.of(epoch, options.epochs(), figures, better));
  }

  private Map<String, Double> validate(UnlabelledBatches part) throws IOException {
    model.train(false);
    int count = part.windows().size();
    int[] inOrder = EpochOrder.sequential(count).windows(0);
    int together = options.batchSize() * group.size();
    Map<String, Double> sums = ReconstructionFigures.none();
    double seen = 0;
    for (int number = 0; number * together < count; number++) {
      float[] batch = part.batch(inOrder, 0, partOf(number), options.batchSize());
      int size = batch.length / (config.inChannels() * options.maximumLength());
      // The same masks every epoch, so that epochs can be compared.
      seed(false, VALIDATION, number);
      if (size > 0) {
        Map<String, Double> figures =
            Scopes.freeing(
                () ->
                    Scopes.withoutGradient(
                        () -> {
                          Reconstruction pass =
                              model.reconstruct(input(batch), options.maskRatio());
                          return ReconstructionFigures.of(pass, pass.loss().item_double());
                        }));
        sums.replaceAll((name, sum) -> sum + figures.get(name) * size);
        seen += size;
      }
    }
    double own = Math.max(seen, 1);
    sums.replaceAll((name, sum) -> sum / own);
    Map<String, Double> named = new LinkedHashMap<>();
    ReconstructionFigures.together(sums, seen, group)
        .forEach((name, value) -> named.put("val_" + name, value));
    return named;
  }

  private void save() throws IOException {
    if (group.isFirst()) {
      state.save(folder.latest(), progress);
    }
  }

  private void restore() throws IOException {
    Path latest = folder.latest();
    if (!Files.exists(latest)) {
      log.accept(latest + ": nothing was saved yet; starting from the beginning");
      return;
    }
    progress = state.restore(latest, progress);
    history = TrainingHistory.ofJson(progress.history());
    if (group.isFirst() && history.epochs() > 0) {
      // A run that was killed between saving its state and writing these left them an epoch behind.
      folder.writeProgress(options, history);
    }
    log.accept(
        latest + ": going on at epoch " + (progress.epoch() + 1) + ", batch " + progress.batch());
  }

  /** Where the weights of the best epoch are kept. */
  public Path bestFile() {
    return folder.best();
  }

  @Override
  public void close() {
    optimizer.close();
    model.close();
  }
}
