/**
 * Text files of the UCI data set "EMG data for gestures": eight channels of a forearm armband with
 * a class per row.
 *
 * @see <a href="https://archive.ics.uci.edu/dataset/481">UCI repository, data set 481</a>
 */
package io.physiowave.connectors.recording.emgtext;
