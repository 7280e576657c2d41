/** Gateways of the demonstration: simulated or recorded signals, played into Kafka as frames. */
package io.physiowave.quickstart.gateway;
