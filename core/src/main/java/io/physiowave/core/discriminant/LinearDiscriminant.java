package io.physiowave.core.discriminant;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Gathers observations and fits Fisher's linear discriminant with a shrunken covariance (Fisher
 * 1936; Friedman 1989, "Regularized Discriminant Analysis", with the pooled covariance only).
 *
 * <p>With the class means {@code m_k} and the covariance {@code S} within classes, both of values
 * scaled to unit variance, and {@code S' = (1 - a) S + a trace(S)/n I}, the score of class k is
 * {@code x' S'^-1 m_k - m_k' S'^-1 m_k / 2}. All classes count as equally likely; a class that was
 * never seen scores no better than the best of the others.
 */
public final class LinearDiscriminant {
  private final int inputs;
  private final long[] counts;
  private final double[][] sums;
  private final double[][] products;

  /**
   * Without observations.
   *
   * @param inputs values of an observation
   */
  public LinearDiscriminant(int inputs, int classes) {
    this.inputs = inputs;
    counts = new long[classes];
    sums = new double[classes][inputs];
    products = new double[inputs][inputs];
  }

  /** Takes one observation, {@code values[from .. from + inputs)}, of a class. */
  public void add(float[] values, int from, int label) {
    counts[label]++;
    for (int i = 0; i < inputs; i++) {
      double value = values[from + i];
      sums[label][i] += value;
      for (int j = 0; j <= i; j++) {
        products[i][j] += value * values[from + j];
      }
    }
  }

  /**
   * What was fitted; the score of class k is {@code matrix[k] x + offset[k]}.
   *
   * @param matrix {@code [classes][inputs]}
   * @param offset {@code [classes]}
   */
  public record Scores(float[][] matrix, float[] offset) {}

  /**
   * Fits.
   *
   * @param shrinkage a, above 0 to 1
   * @throws IllegalStateException if fewer than two classes were seen
   */
  public Scores fit(double shrinkage) {
    long count = 0;
    int seen = 0;
    for (long ofClass : counts) {
      count += ofClass;
      seen += ofClass > 0 ? 1 : 0;
    }
    if (seen < 2) {
      throw new IllegalStateException(
          "a discriminant needs observations of two classes or more; there are some of " + seen);
    }
    double[] mean = new double[inputs];
    double[] scale = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      for (double[] sum : sums) {
        mean[i] += sum[i] / count;
      }
      double variance = products[i][i] / count - mean[i] * mean[i];
      scale[i] = variance > 1e-12 ? Math.sqrt(variance) : 1;
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(shrunken(withinClasses(count, scale), shrinkage), 1e-9, 1e-12)
            .getSolver();
    float[][] matrix = new float[counts.length][inputs];
    float[] offset = new float[counts.length];
    double lowest = 0;
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] == 0) {
        continue;
      }
      RealVector centre = new ArrayRealVector(inputs);
      for (int i = 0; i < inputs; i++) {
        centre.setEntry(i, (sums[label][i] / counts[label] - mean[i]) / scale[i]);
      }
      RealVector direction = solver.solve(centre);
      double constant = -direction.dotProduct(centre) / 2;
      lowest = Math.min(lowest, constant);
      for (int i = 0; i < inputs; i++) {
        double factor = direction.getEntry(i) / scale[i];
        matrix[label][i] = (float) factor;
        constant -= factor * mean[i];
      }
      offset[label] = (float) constant;
    }
    // The means lie around the mean of all, so that for each x one of the classes that were seen
    // gets at least this much.
    for (int label = 0; label < counts.length; label++) {
      offset[label] = counts[label] == 0 ? (float) lowest : offset[label];
    }
    return new Scores(matrix, offset);
  }

  private RealMatrix withinClasses(long count, double[] scale) {
    RealMatrix within = new Array2DRowRealMatrix(inputs, inputs);
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = products[i][j];
        for (int label = 0; label < counts.length; label++) {
          if (counts[label] > 0) {
            sum -= sums[label][i] * sums[label][j] / counts[label];
          }
        }
        double value = sum / count / (scale[i] * scale[j]);
        within.setEntry(i, j, value);
        within.setEntry(j, i, value);
      }
    }
    return within;
  }

  private RealMatrix shrunken(RealMatrix covariance, double shrinkage) {
    double level = Math.max(covariance.getTrace() / inputs, 1e-9);
    RealMatrix result = covariance.scalarMultiply(1 - shrinkage);
    for (int i = 0; i < inputs; i++) {
      result.addToEntry(i, i, shrinkage * level);
    }
    return result;
  }
}
