/**
 * What a model is told about one wearer: from a few windows of each gesture to scores beside it.
 */
package io.physiowave.core.calibration;
