/** A broker, Flink, the live page and simulated gateways as processes of their own. */
package io.physiowave.cluster;
