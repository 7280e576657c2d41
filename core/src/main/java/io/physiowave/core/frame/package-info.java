/** Frames of samples as they travel: the immutable value and its protobuf and JSON codecs. */
package io.physiowave.core.frame;
