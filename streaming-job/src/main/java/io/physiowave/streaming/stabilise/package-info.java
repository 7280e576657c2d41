/** Fourth station: what a model says of single windows becomes labels that can be acted on. */
package io.physiowave.streaming.stabilise;
