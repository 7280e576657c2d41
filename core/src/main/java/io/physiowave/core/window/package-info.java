/** Windows of samples and the sample-index arithmetic behind them. */
package io.physiowave.core.window;
