/** Back to devices: who listens to which stream, and the topics that are read for them. */
package io.physiowave.gateway.labels;
