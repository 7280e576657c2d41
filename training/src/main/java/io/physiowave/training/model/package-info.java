/**
 * The PhysioWave network: its configuration, its weights as plain values, and the libtorch modules
 * that compute it.
 */
package io.physiowave.training.model;
