package io.physiowave.benchmarks.chaos;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Something that was done to the cluster.
 *
 * @param name what was done
 * @param atSeconds when, since the devices began
 * @param recoveredSeconds until every task of the job ran again; for a model, until it was accepted
 * @param silenceMillis longest time without any label meanwhile
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(String name, double atSeconds, double recoveredSeconds, Long silenceMillis) {

  Fault withSilence(long millis) {
    return new Fault(name, atSeconds, recoveredSeconds, millis);
  }
}
