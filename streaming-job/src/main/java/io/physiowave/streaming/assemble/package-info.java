/** Second station: frames of a stream, put in order, become windows. */
package io.physiowave.streaming.assemble;
