/**
 * What a person looks at while and after a training: history, curves and one self-contained page.
 */
package io.physiowave.training.report;
