/** How well labels agree with the truth: classification figures and beat-by-beat comparison. */
package io.physiowave.core.score;
