/** The discrete wavelet filters which the network's learnable filters start from. */
package io.physiowave.training.wavelet;
