/**
 * What every training run needs whatever it trains: device, learning rate, optimizer, state on disk
 * to resume from, history and progress.
 */
package io.physiowave.training.run;
