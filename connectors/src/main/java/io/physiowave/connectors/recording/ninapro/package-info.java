/** Recordings of the Ninapro databases: MAT 5 files with one matrix a signal. */
package io.physiowave.connectors.recording.ninapro;
