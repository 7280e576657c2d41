/**
 * The way of a frame through the gateway, whichever door it came by: admitted or refused with the
 * reason, dated, written to Kafka, and answered when Kafka has it.
 */
package io.physiowave.gateway.intake;
