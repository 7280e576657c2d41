/**
 * Fine-tuning a classifier on prepared windows: options, schedules, optimizer, the training loop
 * and what it leaves behind.
 */
package io.physiowave.training.finetune;
