/** How a wearer's calibration is made: in a guided session with the device, or of a recording. */
package io.physiowave.streaming.calibrate;
