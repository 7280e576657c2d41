/** Models that change while the job runs: what is wanted, its check, and what became of it. */
package io.physiowave.streaming.control;
