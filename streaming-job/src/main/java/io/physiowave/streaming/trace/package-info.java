/** Spans of the job's stations for the frames that a gateway chose to trace. */
package io.physiowave.streaming.trace;
