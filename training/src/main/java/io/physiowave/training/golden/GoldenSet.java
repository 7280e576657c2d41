package io.physiowave.training.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.training.checkpoint.PublishedCheckpoint;
import io.physiowave.training.model.AttentionKernel;
import io.physiowave.training.model.CpuThreads;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelConfigJson;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.PhysioWaveModel;
import io.physiowave.training.model.WeightShapes;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One comparison set: a configuration, a checkpoint and windows, with or without references. */
public final class GoldenSet {
  private final Path data;
  private final GoldenInput input;
  private final GoldenValues computed;

  private GoldenSet(Path data, GoldenInput input, GoldenValues computed) {
    this.data = data;
    this.input = input;
    this.computed = computed;
  }

  /**
   * Computes a set's numbers, on one thread from now on: sums in one order give the same numbers
   * every time, and the first step of AdamW turns the last digit of a gradient near its epsilon
   * into a visible part of the step.
   *
   * @param config JSON with the published names, and {@code patch} and {@code hidden} for the patch
   *     size and the head's hidden width
   * @param checkpoint a {@code .pth} file of those sizes
   * @param data HDF5 with {@code data} (N, C, T) and {@code label} (N), and {@code
   *     golden/mask_noise} (N, L) where the mask is to be the reference's
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the files do not belong together
   */
  public static GoldenSet compute(Path config, Path checkpoint, Path data, AttentionKernel kernel)
      throws IOException {
    CpuThreads.use(1);
    Map<String, Object> arguments = read(config);
    ModelWeights weights = PublishedCheckpoint.read(checkpoint).weights();
    try (PhysioWaveModel model = model(arguments, weights, kernel)) {
      GoldenInput input = GoldenFile.readInput(data, model.config());
      return new GoldenSet(data, input, GoldenRun.of(model, input));
    } catch (IllegalArgumentException unfit) {
      throw new IOException(config + " with " + checkpoint + ": " + unfit.getMessage(), unfit);
    }
  }

  /** What the configuration leaves open, the shapes of the weights tell. */
  private static PhysioWaveModel model(
      Map<String, Object> arguments, ModelWeights weights, AttentionKernel kernel) {
    Map<String, Object> complete = WeightShapes.complete(arguments, weights);
    arguments.forEach(
        (name, value) -> {
          if (value != null) {
            complete.put(name, value);
          }
        });
    ModelConfig config = ModelConfigJson.ofArguments(complete);
    PhysioWaveModel model =
        PhysioWaveModel.create(config, WeightShapes.heads(weights, config), kernel, 0);
    try {
      model.load(weights);
      return model;
    } catch (IllegalArgumentException unfit) {
      model.close();
      throw unfit;
    }
  }

  private static Map<String, Object> read(Path file) throws IOException {
    try {
      return JsonMapper.builder()
          .build()
          .readValue(Files.readString(file), new TypeReference<Map<String, Object>>() {});
    } catch (MismatchedInputException other) {
      throw new IOException(file + ": expected a JSON object of the model's sizes", other);
    } catch (MalformedInputException binary) {
      throw new IOException(file + ": not a text; expected JSON of the model's sizes", binary);
    } catch (JsonProcessingException malformed) {
      throw new IOException(file + ": not JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  /**
   * Replaces a file by the windows and the numbers as HDF5, in the layout of the reference files.
   *
   * @throws IOException if it cannot be written; what was there before is kept
   */
  public void write(Path file) throws IOException {
    GoldenFile.write(file, input, computed);
  }

  /** The largest difference per data set, when the data file holds reference numbers. */
  public Optional<List<GoldenDifference>> differences() throws IOException {
    return GoldenFile.readValues(data)
        .filter(reference -> reference.arrays().size() > 1)
        .map(reference -> GoldenComparison.of(reference, computed));
  }
}
