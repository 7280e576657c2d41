/**
 * Simulated patients and arms as recordings with their own truth: ECG by McSharry's dynamical
 * model, forearm EMG by gesture statistics of real recordings. The same seed gives the same
 * samples, however they are read.
 */
package io.physiowave.connectors.simulate;
