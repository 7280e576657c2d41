/** Filters, resampling and beat detection shared by training and the streaming job. */
package io.physiowave.core.dsp;
