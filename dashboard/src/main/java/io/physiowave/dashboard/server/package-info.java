/** Serves the live page and pushes waveforms and labels to the browsers that watch. */
package io.physiowave.dashboard.server;
