package io.physiowave.training.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads off the shapes of weights what a configuration leaves open or gets wrong. */
public final class WeightShapes {
  private static final String HEADS = "task_heads.";
  private static final String FILTERS = "wavelet_decomp.selector.wavelet_filters.";

  private WeightShapes() {}

  /**
   * The task heads that the weights hold besides the reconstruction head. A head named as a {@link
   * Task} has that task; any other is a classification head, or linear when it has one layer.
   *
   * @param config whose own task's head pools as it says; other heads pool by mean
   * @throws IllegalArgumentException if a head lacks a layer, or is narrower than the tokens
   */
  public static Map<String, HeadConfig> heads(ModelWeights weights, ModelConfig config) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    for (String name : headNames(weights)) {
      Pooling pooling =
          name.equals(config.task().publishedName()) ? config.pooling() : Pooling.MEAN;
      heads.put(name, head(weights, name, config.embedDim(), config.headDropout(), pooling));
    }
    return heads;
  }

  private static Set<String> headNames(ModelWeights weights) {
    Set<String> names = new LinkedHashSet<>();
    for (String parameter : weights.names()) {
      int end = parameter.indexOf('.', HEADS.length());
      if (parameter.startsWith(HEADS) && end > 0) {
        names.add(parameter.substring(HEADS.length(), end));
      }
    }
    names.remove(Task.PRETRAIN.publishedName());
    return names;
  }

  private static HeadConfig head(
      ModelWeights weights, String name, int embedDim, double dropout, Pooling pooling) {
    boolean contrastive = weights.find(HEADS + name + ".projector.0.weight").isPresent();
    String prefix = HEADS + name + (contrastive ? ".projector." : ".head.");
    Task task = contrastive ? Task.CONTRASTIVE : task(name, weights.get(prefix + "0.weight"));
    if (task == Task.LINEAR) {
      int outputs = weights.get(prefix + "0.weight").shape()[0];
      return HeadConfig.withoutContext(task, outputs, embedDim, 0, pooling);
    }
    int[] hidden = weights.get(prefix + "1.weight").shape();
    if (hidden[1] < embedDim) {
      throw new IllegalArgumentException(
          "head '"
              + name
              + "' of the weights reads "
              + hidden[1]
              + " features a window; expected embed_dim "
              + embedDim
              + " or more");
    }
    int outputs = weights.get(prefix + (contrastive ? "3" : "4") + ".weight").shape()[0];
    return new HeadConfig(task, outputs, hidden[0], dropout, pooling, hidden[1] - embedDim);
  }

  private static Task task(String name, WeightTensor first) {
    return Arrays.stream(Task.values())
        .filter(task -> task.publishedName().equals(name))
        .findFirst()
        .orElse(first.shape().length == 2 ? Task.LINEAR : Task.CLASSIFICATION);
  }

  /**
   * Arguments completed, and where they differ replaced, by what the shapes tell. Left as they are:
   * the number of attention heads, the pooling, a two-dimensional position embedding and the
   * masking.
   *
   * @param arguments by published name
   * @throws IllegalArgumentException if the weights are not of a PhysioWave model
   */
  public static Map<String, Object> complete(Map<String, ?> arguments, ModelWeights weights) {
    Map<String, Object> complete = new LinkedHashMap<>(arguments);
    complete.remove("patch");
    complete.remove("hidden");
    complete.remove("task_type");
    int[] filter = weights.get(FILTERS + "0.low_filter.weight").shape();
    int wavelets = count(weights, FILTERS);
    complete.put("in_channels", filter[0]);
    complete.put("use_separate_channel", filter[1] == 1);
    complete.put("wave_kernel_size", filter[2]);
    complete.put("max_level", count(weights, "wavelet_decomp.res_scales."));
    if (!(arguments.get("wavelet_names") instanceof List<?> names) || names.size() != wavelets) {
      // Only the first values of the filters depend on the names.
      complete.put("wavelet_names", Collections.nCopies(wavelets, "db6"));
    }
    int[] patch = weights.get("patch_embed.proj.weight").shape();
    complete.put("embed_dim", patch[0]);
    complete.put("patch_size", patch[patch.length - 1]);
    complete.put("depth", count(weights, "encoder.blocks."));
    weights
        .find("encoder.blocks.0.mlp.0.weight")
        .ifPresent(mlp -> complete.put("mlp_ratio", mlp.shape()[0] / (double) patch[0]));
    if (weights.find("pos_embed.pos_embed").isPresent()) {
      complete.put("pos_embed_type", PositionEncoding.SEQUENCE.publishedName());
    }
    completeHead(complete, weights);
    return complete;
  }

  private static void completeHead(Map<String, Object> complete, ModelWeights weights) {
    Set<String> names = headNames(weights);
    Object asked = complete.get("task");
    Optional<Task> task =
        Arrays.stream(Task.values())
            .filter(candidate -> names.contains(candidate.publishedName()))
            .filter(
                candidate ->
                    !names.contains(String.valueOf(asked))
                        || candidate.publishedName().equals(asked))
            .findFirst();
    complete.put("task", task.orElse(Task.PRETRAIN).publishedName());
    if (task.isPresent()) {
      int embedDim = (int) complete.get("embed_dim");
      HeadConfig head = head(weights, task.get().publishedName(), embedDim, 0, Pooling.MEAN);
      complete.put("num_classes", head.outputs());
      complete.put("head_hidden_dim", head.hiddenDim());
      complete.put("context_values", head.contextValues());
    }
  }

  private static int count(ModelWeights weights, String prefix) {
    return (int)
        weights.names().stream()
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()).split("\\.", 2)[0])
            .distinct()
            .count();
  }
}
