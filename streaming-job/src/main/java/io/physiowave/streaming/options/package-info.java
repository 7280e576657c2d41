/** The job's options: one immutable record a concern, merged from file, environment and flags. */
package io.physiowave.streaming.options;
