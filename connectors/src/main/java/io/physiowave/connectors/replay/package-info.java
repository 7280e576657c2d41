/** Plays recordings as live streams of frames, at the pace that is asked for. */
package io.physiowave.connectors.replay;
