/** Masked pretraining of the encoder on windows without labels. */
package io.physiowave.training.pretrain;
