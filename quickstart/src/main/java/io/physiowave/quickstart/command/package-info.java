/** {@code physiowave demo}: everything in one process. */
package io.physiowave.quickstart.command;
