/**
 * Training by several processes, each on a part of every batch: who is who, the operations in which
 * all take part (libtorch's c10d), and starting the processes of one machine.
 */
package io.physiowave.training.distributed;
