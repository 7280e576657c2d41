package io.physiowave.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnpicklerTest {

  private static Object read(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer code) {
        bytes.write(code);
      } else {
        bytes.writeBytes(String.valueOf(part).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return Unpickler.read(bytes.toByteArray());
  }

  @Nested
  class Values {
    @Test
    void ofTheOldestProtocolAreRead() {
      assertThat(read("(dp0\nS'a'\np1\nI12\nsS'b'\n(lp2\nI01\naF0.5\naL7L\nas."))
          .isEqualTo(Map.of("a", 12L, "b", List.of(true, 0.5, 7L)));
    }

    @Test
    void ofTheNewestProtocolAreRead() {
      assertThat(read(0x80, 5, 0x95, "12345678", ']', 0x94, '(', 0x8c, 2, "ab", 'K', 200, 'e', '.'))
          .isEqualTo(List.of("ab", 200L));
    }

    @Test
    void keepTheirSignAndSize() {
      assertThat(read('(', 'J', 0xfe, 0xff, 0xff, 0xff, 'M', 0xff, 0xff, 0x8a, 1, 0x80, 't', '.'))
          .isEqualTo(List.of(-2L, 65535L, -128L));
    }

    @Test
    void arePlainWhenTheyWereOrderedDictionaries() {
      assertThat(read("ccollections\nOrderedDict\n)R(S'k'\nI1\nu.")).isEqualTo(Map.of("k", 1L));
    }
  }

  @Nested
  class NamesOfClassesAndFunctions {
    @Test
    void areNeverCalled() {
      Object value = read("cos\nsystem\n(S'touch /tmp/never'\ntR.");
      assertThat(value).isInstanceOf(PickledObject.class).hasToString("object of os.system");
    }

    @Test
    void keepTheirAttributesAsPlainValues() {
      Object value = read("cargparse\nNamespace\n)", 0x81, "}(S'lr'\nF0.5\nub.");
      assertThat(((PickledObject) value).attributes()).isEqualTo(Map.of("lr", 0.5));
    }

    @Test
    void mayBuildContainersThatHoldThemselves() {
      assertThat(read("]q", 0, "h", 0, "a.")).isInstanceOf(List.class);
      assertThat(read("}q", 0, "(]q", 1, "h", 1, "a.")).isInstanceOf(List.class);
    }
  }

  @Nested
  class MalformedStreams {
    private void refused(String why, Object... parts) {
      assertThatExceptionOfType(PickleException.class)
          .isThrownBy(() -> read(parts))
          .withMessageContaining(why);
    }

    @Test
    void areToldApart() {
      refused("ends in the middle", "I12");
      refused("operation 0xff at byte 2", 0x80, 2, 0xff);
      refused("lacks a value", ".");
      refused("lacks its mark", "t.");
      refused("value 3 is used before it is kept", "h", 3, '.');
      refused("1000000 bytes where 1 are left", "X", 0x40, 0x42, 0x0f, 0, '.');
      refused("key without a value", "}(I1\nu.");
      refused("'x' is not a whole number", "Ix\n.");
      refused("instead of a container", "I1\nI2\na.");
      refused("not to a storage", "I1\nQ.");
    }
  }

  @Property
  void noiseIsReadOrRefusedButNeverFailsInAnyOtherWay(@ForAll byte[] noise) {
    byte[] stream = Arrays.copyOf(noise, noise.length + 1);
    stream[noise.length] = '.';
    try {
      Unpickler.read(stream);
    } catch (PickleException refusal) {
      assertThat(refusal).hasMessageNotContaining("null");
    }
  }
}
