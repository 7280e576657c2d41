/** The job's ends: reading frames from Kafka, writing labels and rejected frames to it. */
package io.physiowave.streaming.emit;
