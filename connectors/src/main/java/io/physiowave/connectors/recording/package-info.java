/** Recordings read as streams: one interface whatever the file format. */
package io.physiowave.connectors.recording;
