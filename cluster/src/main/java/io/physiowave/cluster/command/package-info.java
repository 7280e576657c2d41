/** {@code physiowave cluster}. */
package io.physiowave.cluster.command;
