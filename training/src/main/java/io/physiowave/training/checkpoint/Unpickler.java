package io.physiowave.training.checkpoint;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickle protocols 0 to 5 into plain values: maps, lists, strings, Long, Double,
 * Boolean, byte arrays, null, {@link TensorReference} for tensors and {@link PickledObject} for
 * anything else. Classes and functions that the stream names are never looked up, let alone called.
 *
 * <p>Operations as in CPython's {@code pickletools}.
 */
final class Unpickler {
  private final PickleInput input;
  private final PickleStack stack = new PickleStack();

  private Unpickler(byte[] pickle) {
    input = new PickleInput(pickle);
  }

  /**
   * Reads one value.
   *
   * @throws PickleException if the stream is malformed or uses what no checkpoint needs
   */
  static Object read(byte[] pickle) {
    return new Unpickler(pickle).run();
  }

  private Object run() {
    while (true) {
      int position = input.position();
      int operation = input.unsignedByte();
      if (operation == '.') {
        return stack.pop();
      }
      if (!literal(operation) && !container(operation) && !object(operation)) {
        throw new PickleException(
            String.format("operation 0x%02x at byte %d is unknown", operation, position));
      }
    }
  }

  private boolean literal(int operation) {
    switch (operation) {
      case 'N' -> stack.push(null);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'I' -> stack.push(integerLine(input.line(StandardCharsets.US_ASCII)));
      case 'L' -> stack.push(longLine(input.line(StandardCharsets.US_ASCII)));
      case 'J' -> stack.push((long) input.signedInt());
      case 'K' -> stack.push((long) input.unsignedByte());
      case 'M' -> stack.push((long) input.unsignedShort());
      case 0x8a -> stack.push(input.integer(input.unsignedByte()));
      case 0x8b -> stack.push(input.integer(input.length()));
      case 'F' -> stack.push(decimal(input.line(StandardCharsets.US_ASCII)));
      case 'G' -> stack.push(input.bigEndianDouble());
      case 'S' -> stack.push(unquoted(input.line(StandardCharsets.ISO_8859_1)));
      case 'V' -> stack.push(input.line(StandardCharsets.UTF_8));
      case 'T', 'X' -> stack.push(input.text(input.length()));
      case 'U', 0x8c -> stack.push(input.text(input.unsignedByte()));
      case 0x8d -> stack.push(input.text(input.longLength()));
      case 'C' -> stack.push(input.take(input.unsignedByte()));
      case 'B' -> stack.push(input.take(input.length()));
      case 0x8e, 0x96 -> stack.push(input.take(input.longLength()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int operation) {
    switch (operation) {
      case '(' -> stack.mark();
      case '0' -> stack.drop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case ')' -> stack.push(List.of());
      case 't' -> stack.push(Collections.unmodifiableList(stack.popToMark()));
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case ']', 0x8f -> stack.push(new ArrayList<>());
      case 'l', 0x91 -> stack.push(stack.popToMark());
      case 'a' -> append(Collections.singletonList(stack.pop()));
      case 'e', 0x90 -> append(stack.popToMark());
      case '}' -> stack.push(new LinkedHashMap<>());
      case 'd' -> {
        List<Object> pairs = stack.popToMark();
        stack.push(new LinkedHashMap<>());
        put(pairs);
      }
      case 's' -> {
        Object value = stack.pop();
        List<Object> pair = new ArrayList<>();
        pair.add(stack.pop());
        pair.add(value);
        put(pair);
      }
      case 'u' -> put(stack.popToMark());
      case 'g' -> stack.recall(index(input.line(StandardCharsets.US_ASCII)));
      case 'h' -> stack.recall(input.unsignedByte());
      case 'j' -> stack.recall(input.signedInt());
      case 'p' -> stack.store(index(input.line(StandardCharsets.US_ASCII)));
      case 'q' -> stack.store(input.unsignedByte());
      case 'r' -> stack.store(input.signedInt());
      case 0x94 -> stack.storeNext();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int operation) {
    switch (operation) {
      case 0x80 -> input.unsignedByte();
      case 0x95 -> input.take(8);
      case 'c' -> {
        String module = input.line(StandardCharsets.UTF_8);
        stack.push(new GlobalName(module, input.line(StandardCharsets.UTF_8)));
      }
      case 0x93 -> {
        String name = String.valueOf(stack.pop());
        stack.push(new GlobalName(String.valueOf(stack.pop()), name));
      }
      case 'i' -> {
        String module = input.line(StandardCharsets.UTF_8);
        GlobalName type = new GlobalName(module, input.line(StandardCharsets.UTF_8));
        stack.push(PickleCalls.call(type, stack.popToMark()));
      }
      case 'o' -> {
        List<Object> typeAndArguments = stack.popToMark();
        if (typeAndArguments.isEmpty()) {
          throw new PickleException("an object lacks its class");
        }
        stack.push(
            PickleCalls.call(
                typeAndArguments.get(0), typeAndArguments.subList(1, typeAndArguments.size())));
      }
      case 'R', 0x81 -> {
        Object arguments = stack.pop();
        stack.push(PickleCalls.call(stack.pop(), arguments));
      }
      case 0x92 -> {
        stack.pop();
        Object arguments = stack.pop();
        stack.push(PickleCalls.call(stack.pop(), arguments));
      }
      case 'b' -> {
        Object state = stack.pop();
        // State set on a plain value, such as an attribute of an OrderedDict, carries no weights.
        if (stack.top() instanceof PickledObject built) {
          built.build(state);
        }
      }
      case 'Q' -> stack.push(storage(stack.pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void tuple(int size) {
    List<Object> values = new ArrayList<>();
    for (int count = 0; count < size; count++) {
      values.add(0, stack.pop());
    }
    stack.push(Collections.unmodifiableList(values));
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    if (!(stack.top() instanceof PickledObject)) {
      ((List<Object>) stack.top(ArrayList.class)).addAll(values);
    }
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> pairs) {
    if (pairs.size() % 2 != 0) {
      throw new PickleException("a dictionary has a key without a value");
    }
    if (stack.top() instanceof PickledObject) {
      return;
    }
    Map<Object, Object> target = stack.top(LinkedHashMap.class);
    for (int index = 0; index < pairs.size(); index += 2) {
      target.put(PickleKey.of(pairs.get(index)), pairs.get(index + 1));
    }
  }

  private static StorageReference storage(Object persistentId) {
    if (persistentId instanceof List<?> parts
        && parts.size() >= 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof GlobalName type
        && parts.get(4) instanceof Long count) {
      return new StorageReference(type, String.valueOf(parts.get(2)), count);
    }
    throw new PickleException(
        "a reference is not to a storage but to " + PickleException.describe(persistentId));
  }

  private static Object integerLine(String line) {
    return switch (line) {
      case "00" -> false;
      case "01" -> true;
      default -> longLine(line);
    };
  }

  private static Number longLine(String line) {
    String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    try {
      return PickleInput.narrow(new BigInteger(digits));
    } catch (NumberFormatException malformed) {
      throw new PickleException("'" + line + "' is not a whole number");
    }
  }

  private static int index(String line) {
    return longLine(line).intValue();
  }

  private static Double decimal(String line) {
    try {
      return Double.valueOf(line);
    } catch (NumberFormatException malformed) {
      throw new PickleException("'" + line + "' is not a number");
    }
  }

  private static String unquoted(String line) {
    return line.length() < 2 ? line : line.substring(1, line.length() - 1);
  }
}
