package io.physiowave.streaming.options;

/** How far ONNX Runtime rewrites a graph when loading it. */
public enum GraphOptimisation {
  /** Not at all. */
  NONE,
  /** Constant folding and removal of what is redundant. */
  BASIC,
  /** Fusions of operators too. */
  EXTENDED,
  /** Memory layout too. */
  ALL
}
