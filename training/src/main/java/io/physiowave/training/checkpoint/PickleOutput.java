package io.physiowave.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes pickle protocol 2, with only the operations that torch reads as {@code weights_only}. */
final class PickleOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PickleOutput() {
    bytes.write(0x80);
    bytes.write(2);
  }

  byte[] finish() {
    bytes.write('.');
    return bytes.toByteArray();
  }

  /** A text, whole number, decimal, truth value, null, list or dictionary of them. */
  PickleOutput value(Object value) {
    if (value == null) {
      operation('N');
    } else if (value instanceof Boolean truth) {
      operation(truth ? 0x88 : 0x89);
    } else if (value instanceof Integer || value instanceof Long) {
      whole(((Number) value).longValue());
    } else if (value instanceof Number number) {
      operation('G');
      bytes.writeBytes(ByteBuffer.allocate(8).putDouble(number.doubleValue()).array());
    } else if (value instanceof List<?> list) {
      operation(']').operation('(');
      list.forEach(this::value);
      operation('e');
    } else if (value instanceof Map<?, ?> map) {
      operation('}').operation('(');
      map.forEach((key, item) -> value(key).value(item));
      operation('u');
    } else {
      text(String.valueOf(value));
    }
    return this;
  }

  PickleOutput operation(int code) {
    bytes.write(code);
    return this;
  }

  PickleOutput global(String module, String name) {
    operation('c');
    bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PickleOutput emptyOrderedDictionary() {
    return global("collections", "OrderedDict").operation(')').operation('R');
  }

  PickleOutput tuple(long... values) {
    operation('(');
    for (long value : values) {
      whole(value);
    }
    return operation('t');
  }

  private void whole(long value) {
    if (value == (int) value) {
      operation('J');
      bytes.writeBytes(little(4).putInt((int) value).array());
    } else {
      operation(0x8a).operation(8);
      bytes.writeBytes(little(8).putLong(value).array());
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    operation('X');
    bytes.writeBytes(little(4).putInt(utf8.length).array());
    bytes.writeBytes(utf8);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
