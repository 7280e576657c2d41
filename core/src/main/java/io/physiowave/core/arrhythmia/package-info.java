/** What beats in a row say about the heart's rhythm: figures and episodes, from labels alone. */
package io.physiowave.core.arrhythmia;
