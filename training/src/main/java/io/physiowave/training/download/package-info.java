/** Fetches public data sets: resumed, verified, a few files at a time. */
package io.physiowave.training.download;
