/** How far a training has come, on disk, to go on from as if it had never stopped. */
package io.physiowave.training.resume;
