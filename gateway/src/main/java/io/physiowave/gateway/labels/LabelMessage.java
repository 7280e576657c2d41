package io.physiowave.gateway.labels;

import java.util.function.Supplier;

/**
 * A label or event on its way to those who listen, in both forms: JSON is made once, however many
 * listen, and not at all where none of them wants it.
 */
final class LabelMessage {
  private final byte[] protobuf;
  private Supplier<String> writer;
  private String json;

  private LabelMessage(byte[] protobuf, Supplier<String> writer) {
    this.protobuf = protobuf;
    this.writer = writer;
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException when it is not of that kind
   */
  static LabelMessage of(LabelKind kind, byte[] record) {
    return new LabelMessage(record, kind.json(record));
  }

  /** As it stands in its topic; not to be changed. */
  byte[] protobuf() {
    return protobuf;
  }

  /** The same in protobuf's JSON form. */
  synchronized String json() {
    if (json == null) {
      json = writer.get();
      writer = null;
    }
    return json;
  }

  /**
   * What it takes up, about, in bytes: beside the record its JSON, or what that would be made of.
   *
   * @param isBinary whether it is for a listener who wants no JSON
   */
  int bytes(boolean isBinary) {
    return isBinary ? 3 * protobuf.length : protobuf.length + json().length();
  }
}
