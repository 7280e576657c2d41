/** What a run came to: counts, latencies, agreement with the truth, and the files asked for. */
package io.physiowave.quickstart.report;
