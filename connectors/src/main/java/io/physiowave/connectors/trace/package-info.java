/** Traces of sampled frames, from gateway to label, in the form of OpenTelemetry. */
package io.physiowave.connectors.trace;
