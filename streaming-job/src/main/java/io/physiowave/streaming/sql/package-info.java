/** Models in Flink SQL: {@code CREATE MODEL ... WITH ('provider' = 'physiowave')}, ML_PREDICT. */
package io.physiowave.streaming.sql;
