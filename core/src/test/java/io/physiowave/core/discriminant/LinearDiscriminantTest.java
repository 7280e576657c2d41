package io.physiowave.core.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearDiscriminantTest {
  /**
   * Two Gaussians that share a strongly correlated covariance: only the whitened view parts them.
   */
  @Test
  void classesThatOverlapOnEveryAxisAreParted() {
    Random random = new Random(1);
    LinearDiscriminant discriminant = new LinearDiscriminant(2, 2);
    float[][] points = new float[4000][];
    for (int i = 0; i < points.length; i++) {
      points[i] = point(random, i % 2);
      discriminant.add(points[i], 0, i % 2);
    }
    LinearDiscriminant.Scores scores = discriminant.fit(1e-6);
    int hits = 0;
    for (int i = 0; i < points.length; i++) {
      hits += score(scores, 1, points[i]) > score(scores, 0, points[i]) == (i % 2 == 1) ? 1 : 0;
    }
    assertThat(hits / (double) points.length).isGreaterThan(0.99);
  }

  @Test
  void scoresDoNotDependOnTheScaleOfAnInput() {
    Random random = new Random(2);
    LinearDiscriminant plain = new LinearDiscriminant(2, 2);
    LinearDiscriminant scaled = new LinearDiscriminant(2, 2);
    for (int i = 0; i < 500; i++) {
      float[] point = point(random, i % 2);
      plain.add(point, 0, i % 2);
      scaled.add(new float[] {1000 * point[0] + 3, point[1]}, 0, i % 2);
    }
    float[] point = {0.3f, -0.2f};
    float[] same = {1000 * 0.3f + 3, -0.2f};
    LinearDiscriminant.Scores first = plain.fit(0.1);
    LinearDiscriminant.Scores second = scaled.fit(0.1);
    for (int label = 0; label < 2; label++) {
      assertThat(score(second, label, same)).isCloseTo(score(first, label, point), within(1e-3));
    }
  }

  @Test
  void halfWayBetweenTwoMeansNeitherIsLikelier() {
    LinearDiscriminant discriminant = new LinearDiscriminant(1, 2);
    for (float value : new float[] {-2, 0, -1}) {
      discriminant.add(new float[] {value}, 0, 0);
      discriminant.add(new float[] {value + 4}, 0, 1);
    }
    LinearDiscriminant.Scores scores = discriminant.fit(0.5);
    float[] middle = {1};
    assertThat(score(scores, 0, middle)).isCloseTo(score(scores, 1, middle), within(1e-5));
    assertThat(score(scores, 1, new float[] {1.1f})).isGreaterThan(score(scores, 0, middle));
  }

  @Test
  void aClassThatWasNeverSeenIsNowhereTheLikeliest() {
    Random random = new Random(3);
    LinearDiscriminant discriminant = new LinearDiscriminant(2, 3);
    for (int i = 0; i < 300; i++) {
      // The second class is twice as frequent as the first.
      int label = i % 3 == 0 ? 0 : 2;
      discriminant.add(point(random, label == 0 ? 0 : 1), 0, label);
    }
    LinearDiscriminant.Scores scores = discriminant.fit(0.1);
    for (int i = 0; i < 1000; i++) {
      float[] point = {4 * (float) random.nextGaussian(), 4 * (float) random.nextGaussian()};
      double best = Math.max(score(scores, 0, point), score(scores, 2, point));
      assertThat(score(scores, 1, point)).isLessThanOrEqualTo(best + 1e-4);
    }
    assertThat(score(scores, 1, new float[] {0, 0})).isLessThan(score(scores, 2, new float[2]));
  }

  @Test
  void oneClassIsNotEnough() {
    LinearDiscriminant discriminant = new LinearDiscriminant(1, 3);
    discriminant.add(new float[] {1}, 0, 2);
    assertThatIllegalStateException()
        .isThrownBy(() -> discriminant.fit(0.1))
        .withMessageContaining("two classes");
  }

  private static float[] point(Random random, int label) {
    double along = random.nextGaussian();
    double across = 0.1 * random.nextGaussian() + (label == 0 ? -0.3 : 0.3);
    return new float[] {(float) (along + across), (float) (along - across)};
  }

  private static double score(LinearDiscriminant.Scores scores, int label, float[] point) {
    double score = scores.offset()[label];
    for (int i = 0; i < point.length; i++) {
      score += scores.matrix()[label][i] * point[i];
    }
    return score;
  }
}
