/** The commands of the training side: prepare, pretrain, finetune, evaluate, export and more. */
package io.physiowave.training.command;
