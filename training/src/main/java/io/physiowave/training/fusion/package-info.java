/** One decision from several signals: a fused model with its encoders, kept in one checkpoint. */
package io.physiowave.training.fusion;
