/** The cluster's broker, and what its topics tell of the job. */
package io.physiowave.cluster.kafka;
