package io.physiowave.training.checkpoint;

import io.physiowave.training.model.HeadConfig;
import io.physiowave.training.model.ModelConfig;
import io.physiowave.training.model.ModelWeights;
import io.physiowave.training.model.WeightTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fused model on disk: everything that {@link io.physiowave.training.model.FusedModel} needs, the
 * frozen encoders included.
 *
 * <p>The weights are those of every encoder, each published name behind {@code encoders.SIGNAL.}
 * (for example {@code encoders.ecg.encoder.blocks.0.attn.qkv.weight}), and those of the fusion
 * under their own names: {@code modality_weights [signals]}, whose softmax gives the signals'
 * shares in the order of {@code signals}, and {@code heads.SIGNAL.head.N.weight} and {@code .bias}.
 * The logits are the sum over the signals of share times that signal's head on its pooled features.
 *
 * @param signals each signal's encoder, in order
 * @param head put on each of them
 * @param weights of encoders and fusion
 * @param sections what the writer keeps with it; {@code dataset.SIGNAL.json} is the description of
 *     the signal's training files, where there was one, and {@code pretraining.SIGNAL.json} tells
 *     how its encoder was pretrained, where known
 */
public record FusedCheckpoint(
    Map<String, Signal> signals,
    HeadConfig head,
    ModelWeights weights,
    Map<String, byte[]> sections) {
  private static final String ENCODERS = "encoders.";

  /**
   * One signal.
   *
   * @param config of its encoder, with what it does to raw windows; has no task head
   * @param windowSamples samples of a window
   */
  public record Signal(ModelConfig config, int windowSamples) {}

  public FusedCheckpoint {
    signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** The name of the section that describes a signal's training files. */
  public static String datasetSection(String signal) {
    return "dataset." + signal + ".json";
  }

  /** The name of the section that tells how a signal's encoder was pretrained. */
  public static String pretrainingSection(String signal) {
    return "pretraining." + signal + ".json";
  }

  /** The weights of encoders and fusion under the names of a checkpoint. */
  public static ModelWeights joined(Map<String, ModelWeights> encoders, ModelWeights fusion) {
    Map<String, WeightTensor> all = new LinkedHashMap<>();
    encoders.forEach(
        (signal, weights) ->
            weights
                .tensors()
                .forEach((name, tensor) -> all.put(ENCODERS + signal + "." + name, tensor)));
    all.putAll(fusion.tensors());
    return ModelWeights.of(all);
  }

  /** The weights of one signal's encoder, under their published names. */
  public ModelWeights encoder(String signal) {
    return weights.behind(ENCODERS + signal + ".");
  }

  /** The weights of the fusion. */
  public ModelWeights fusion() {
    Map<String, WeightTensor> own = new LinkedHashMap<>(weights.tensors());
    own.keySet().removeIf(name -> name.startsWith(ENCODERS));
    return ModelWeights.of(own);
  }
}
