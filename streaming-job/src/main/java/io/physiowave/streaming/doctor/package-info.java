/** What this machine can do: one check a class, each with advice where something is missing. */
package io.physiowave.streaming.doctor;
