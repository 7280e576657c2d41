/** Third station: windows of many streams are put to the models in batches. */
package io.physiowave.streaming.infer;
