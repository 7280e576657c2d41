package io.physiowave.training.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws a class and a group for each place, then the next window of both from a shuffled deck that
 * is shuffled anew when it is used up: the windows of a deck are shown equally often.
 */
final class ClassOrder implements EpochOrder {
  private final List<int[]> decks;
  private final double[] cumulative;
  private final int size;
  private final long seed;

  ClassOrder(WindowLabels labels, int[] groups, int classes, SamplingOptions sampling, long seed) {
    if (labels.isMultiLabel()) {
      throw new IllegalArgumentException(
          "sampling by class needs one class per window, not several labels");
    }
    size = sampling.windows() == 0 ? labels.size() : sampling.windows();
    this.seed = seed;
    decks = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      List<int[]> ofClass = decksOf(label, labels, groups);
      double windows = ofClass.stream().mapToInt(deck -> deck.length).sum();
      double weights =
          ofClass.stream().mapToDouble(deck -> Math.pow(deck.length, sampling.groupPower())).sum();
      for (int[] deck : ofClass) {
        decks.add(deck);
        shares.add(
            Math.pow(windows, sampling.classPower())
                * Math.pow(deck.length, sampling.groupPower())
                / weights);
      }
    }
    cumulative = new double[decks.size()];
    double sum = 0;
    for (int deck = 0; deck < cumulative.length; deck++) {
      sum += shares.get(deck);
      cumulative[deck] = sum;
    }
  }

  private static List<int[]> decksOf(int label, WindowLabels labels, int[] groups) {
    TreeMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int window = 0; window < labels.size(); window++) {
      if (labels.classOf(window) == label) {
        members.computeIfAbsent(groups[window], group -> new ArrayList<>()).add(window);
      }
    }
    return members.values().stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  @Override
  public int[] windows(int epoch) {
    SplittableRandom random = RandomSeeds.generator(seed, epoch);
    int[][] shuffled = new int[decks.size()][];
    int[] next = new int[decks.size()];
    for (int deck = 0; deck < shuffled.length; deck++) {
      shuffled[deck] = decks.get(deck).clone();
      EpochOrder.shuffle(shuffled[deck], random);
    }
    int[] order = new int[size];
    for (int place = 0; place < size; place++) {
      int deck = draw(random);
      if (next[deck] == shuffled[deck].length) {
        EpochOrder.shuffle(shuffled[deck], random);
        next[deck] = 0;
      }
      order[place] = shuffled[deck][next[deck]++];
    }
    return order;
  }

  private int draw(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    // Rounding may point past the last deck.
    return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
  }
}
