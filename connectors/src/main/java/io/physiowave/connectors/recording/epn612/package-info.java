/** The EMG-EPN-612 data set: a JSON file for each user with short samples of gestures. */
package io.physiowave.connectors.recording.epn612;
