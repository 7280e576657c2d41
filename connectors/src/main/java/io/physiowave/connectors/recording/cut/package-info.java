/** Windows of recordings, cut as the streaming job cuts them. */
package io.physiowave.connectors.recording.cut;
