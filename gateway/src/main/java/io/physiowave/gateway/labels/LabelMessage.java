package io.physiowave.gateway.labels;

/**
 * A label or event on its way to those who listen, in both forms: made once, however many they are.
 *
 * @param protobuf as it stands in its topic
 * @param json the same in protobuf's JSON form
 */
record LabelMessage(byte[] protobuf, String json) {
  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException when it is not of that kind
   */
  static LabelMessage of(LabelKind kind, byte[] record) {
    return new LabelMessage(record, kind.json(record));
  }

  /** What it takes up, about, in bytes. */
  int bytes() {
    return protobuf.length + json.length();
  }
}
