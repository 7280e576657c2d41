package io.physiowave.training.export;

import static io.physiowave.training.export.OnnxGraph.attribute;

import io.physiowave.training.model.ModelConfig;
import java.util.Arrays;
import java.util.List;

/**
 * Writes patch embedding, position embedding and the rotary transformer: {@code [batch, rows,
 * time]} to token features {@code [batch, tokens, width]}.
 */
final class EncoderGraph {
  private static final String POSITION_TABLE = "pos_embed.pos_embed";
  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final OnnxGraph graph;
  private final GraphWeights weights;
  private final ModelConfig config;
  private final AttentionGraph attention;
  private final ResidualNorm norms;
  private final boolean fused;
  private final int time;
  private final int patches;

  EncoderGraph(OnnxGraph graph, GraphWeights weights, ModelConfig config, int time) {
    this.graph = graph;
    this.weights = weights;
    this.config = config;
    fused = weights.style().fused();
    attention = new AttentionGraph(graph, fused);
    norms = new ResidualNorm(graph, weights);
    this.time = time;
    this.patches = time / config.patchSize();
  }

  String write(String bands) {
    int tokens = config.bandRows() * patches;
    float[] positions =
        config.usePosEmbed() ? positions(tokens) : new float[tokens * config.embedDim()];
    ResidualNorm.State state = norms.start(embedPatches(bands), positions, tokens, normBefore(0));
    for (int block = 0; block < config.depth(); block++) {
      String prefix = "encoder.blocks." + block;
      state = attend(state, prefix);
      state = transform(state, prefix, normBefore(block + 1));
    }
    return state.normalised();
  }

  private String normBefore(int block) {
    return block < config.depth() ? "encoder.blocks." + block + ".norm1" : "encoder.norm";
  }

  private String embedPatches(String bands) {
    int patch = config.patchSize();
    int width = config.embedDim();
    String whole =
        patches * patch == time ? bands : graph.slice(bands, 2, 0, (long) patches * patch);
    String cut = graph.reshape(whole, 0, (long) config.bandRows() * patches, patch);
    String projected =
        weights.product(
            cut,
            GraphWeights.transposed(weights.values("patch_embed.proj.weight"), width, patch),
            patch);
    float[] bias = weights.values("patch_embed.proj.bias");
    return graph.gelu(
        norms.normalised(projected, bias, config.bandRows() * patches, "patch_embed.norm"));
  }

  /** The weights' own table, which a sequence embedding carries, or the computed one. */
  private float[] positions(int tokens) {
    int length = tokens * config.embedDim();
    if (weights.has(POSITION_TABLE) && weights.values(POSITION_TABLE).length >= length) {
      return Arrays.copyOf(weights.values(POSITION_TABLE), length);
    }
    return PositionTable.of(config, config.bandRows(), patches);
  }

  /** Tokens of all windows as rows: ONNX Runtime adds a bias within products of rows only. */
  private String rows(String tokens) {
    return graph.reshape(tokens, -1, config.embedDim());
  }

  private String tokens(String rows) {
    return graph.reshape(rows, -1, (long) config.bandRows() * patches, config.embedDim());
  }

  private ResidualNorm.State transform(ResidualNorm.State state, String prefix, String norm) {
    String branch =
        graph.reducible(
            () -> {
              String hidden = weights.linear(rows(state.normalised()), prefix + ".mlp.0");
              return tokens(weights.product(graph.gelu(hidden), prefix + ".mlp.3"));
            });
    return norms.add(state.sum(), branch, weights.values(prefix + ".mlp.3.bias"), norm);
  }

  /**
   * The value's bias passes through attention unchanged, since the shares of a query add up to one,
   * and so joins the bias of the output.
   */
  private ResidualNorm.State attend(ResidualNorm.State state, String prefix) {
    int width = config.embedDim();
    String branch =
        graph.reducible(
            () -> {
              String rows = rows(state.normalised());
              String attended =
                  attention.attend(
                      rotate(
                          tokens(
                              weights.linear(
                                  rows, matrix(prefix, QUERY), bias(prefix, QUERY), width))),
                      rotate(
                          tokens(
                              weights.linear(rows, matrix(prefix, KEY), bias(prefix, KEY), width))),
                      tokens(weights.product(rows, matrix(prefix, VALUE), width)),
                      config.numHeads(),
                      width);
              return weights.product(attended, prefix + ".attn.proj");
            });
    float[] bias =
        GraphWeights.applied(
            weights.values(prefix + ".attn.proj.weight"),
            bias(prefix, VALUE),
            weights.values(prefix + ".attn.proj.bias"));
    return norms.add(state.sum(), branch, bias, prefix + ".norm2");
  }

  /** One of the three projections that the model stacks, row-major {@code [inputs][outputs]}. */
  private float[] matrix(String prefix, int which) {
    int width = config.embedDim();
    float[] stacked = weights.values(prefix + ".attn.qkv.weight");
    return GraphWeights.transposed(
        Arrays.copyOfRange(stacked, which * width * width, (which + 1) * width * width),
        width,
        width);
  }

  private float[] bias(String prefix, int which) {
    int width = config.embedDim();
    return Arrays.copyOfRange(
        weights.values(prefix + ".attn.qkv.bias"), which * width, (which + 1) * width);
  }

  /** Rotates the leading features of each head by their token's position, pairs interleaved. */
  private String rotate(String input) {
    int rotated = config.rotatedDim();
    if (rotated == 0) {
      return input;
    }
    int tokens = config.bandRows() * patches;
    float[] cosines = new float[tokens * rotated / 2];
    float[] sines = new float[cosines.length];
    for (int pair = 0; pair < rotated / 2; pair++) {
      float inverse = 1f / (float) Math.pow(10000, (float) (2 * pair) / rotated);
      for (int token = 0; token < tokens; token++) {
        float angle = token * inverse;
        cosines[token * rotated / 2 + pair] = (float) Math.cos(angle);
        sines[token * rotated / 2 + pair] = (float) Math.sin(angle);
      }
    }
    return fused
        ? rotateFused(input, cosines, sines, tokens, rotated)
        : rotatePlain(input, cosines, sines, tokens, rotated);
  }

  private String rotateFused(
      String input, float[] cosines, float[] sines, int tokens, int rotated) {
    return graph.node(
        OnnxGraph.MICROSOFT,
        "RotaryEmbedding",
        List.of(
            input,
            graph.integers(0),
            graph.constant(cosines, tokens, rotated / 2),
            graph.constant(sines, tokens, rotated / 2)),
        attribute("interleaved", 1L),
        attribute("num_heads", (long) config.numHeads()),
        attribute("rotary_embedding_dim", rotated == config.headDim() ? 0L : (long) rotated));
  }

  private String rotatePlain(
      String input, float[] cosines, float[] sines, int tokens, int rotated) {
    int heads = config.numHeads();
    int width = config.headDim();
    String perHead = graph.reshape(input, 0, 0, heads, width);
    String turning = graph.slice(perHead, 3, 0, rotated);
    String pairs = graph.reshape(turning, 0, 0, heads, rotated / 2, 2);
    List<String> halves = graph.split(pairs, 4, 2);
    String cosine = graph.constant(cosines, tokens, 1, rotated / 2, 1);
    String sine = graph.constant(sines, tokens, 1, rotated / 2, 1);
    String even =
        graph.subtract(graph.multiply(halves.get(0), cosine), graph.multiply(halves.get(1), sine));
    String odd =
        graph.add(graph.multiply(halves.get(0), sine), graph.multiply(halves.get(1), cosine));
    String turned = graph.reshape(graph.concatenate(4, even, odd), 0, 0, heads, rotated);
    String joined =
        rotated == width
            ? turned
            : graph.concatenate(3, turned, graph.slice(perHead, 3, rotated, width));
    return graph.reshape(joined, 0, 0, config.embedDim());
  }
}
