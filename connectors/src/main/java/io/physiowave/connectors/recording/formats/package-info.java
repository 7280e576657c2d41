/** Finds the reader for a path among the formats that are known. */
package io.physiowave.connectors.recording.formats;
