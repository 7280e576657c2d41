package io.physiowave.training.checkpoint;

/**
 * Numbers kept beside the pickle.
 *
 * @param type the class that names the format of each number
 * @param key name of the archive entry that holds them
 * @param count how many there are
 */
record StorageReference(GlobalName type, String key, long count) {}
