/**
 * Turns public recordings into prepared data sets: one class per data set, all cutting windows with
 * the same filters, resampling and windower as the streaming job.
 */
package io.physiowave.training.prepare;
