package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.MalformedRecordingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AnnotationFilesTest {

  @Property(tries = 200)
  void whatever_is_written_is_read_back(@ForAll("annotations") List<WfdbAnnotation> annotations)
      throws MalformedRecordingException {
    byte[] bytes =
        AnnotationWriter.format(new WfdbAnnotations(annotations, OptionalDouble.empty()));
    assertThat(AnnotationReader.parse("x.atr", bytes).annotations())
        .containsExactlyElementsOf(annotations);
  }

  @Test
  void bytes_follow_the_published_format() {
    byte[] bytes =
        AnnotationWriter.format(
            new WfdbAnnotations(
                List.of(
                    new WfdbAnnotation(18, "+", 0, 0, 0, "(N"),
                    WfdbAnnotation.at(77, "N"),
                    new WfdbAnnotation(3000, "~", 1, 2, 3, "abc")),
                OptionalDouble.empty()));
    assertThat(bytes)
        .containsExactly(
            words(28 << 10 | 18, 63 << 10 | 2, 'N' << 8 | '(', 1 << 10 | 59, 59 << 10, 0, 2923)
                .and(14 << 10, 61 << 10 | 1, 62 << 10 | 2, 60 << 10 | 3)
                .and(63 << 10 | 3, 'b' << 8 | 'a', 'c', 0)
                .bytes());
  }

  @Test
  void a_file_in_the_aha_format_is_read() throws MalformedRecordingException {
    assertThat(AnnotationReader.parse("a.atr", aha(false)).annotations())
        .containsExactly(
            WfdbAnnotation.at(300, "N"),
            WfdbAnnotation.at(70_000, "r"),
            new WfdbAnnotation(70_100, "~", -1, 0, 0, ""),
            new WfdbAnnotation(70_200, "\"", 0, 0, 0, "noted"));
  }

  @Test
  void damage_in_the_aha_format_is_named() {
    assertThatThrownBy(() -> AnnotationReader.parse("a.atr", aha(true)))
        .isInstanceOf(MalformedRecordingException.class)
        .hasMessage("a.atr byte 71: found the end of the file within an annotation (AHA format)");
    byte[] wrong = aha(false);
    wrong[17] = 'X';
    assertThatThrownBy(() -> AnnotationReader.parse("a.atr", wrong))
        .hasMessage("a.atr byte 17: found a byte 88; expected one of NVFEPQROU[] (AHA format)");
  }

  /** Type 19 at sample 512 begins with the bytes of an N in the AHA format. */
  @Test
  void a_file_in_the_mit_format_is_not_taken_for_one() throws MalformedRecordingException {
    List<WfdbAnnotation> annotations = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      annotations.add(WfdbAnnotation.at(512 + i, "T"));
    }
    byte[] bytes =
        AnnotationWriter.format(new WfdbAnnotations(annotations, OptionalDouble.empty()));
    assertThat(bytes).startsWith(0, 'N');
    assertThat(AnnotationReader.parse("x.atr", bytes).annotations()).isEqualTo(annotations);
  }

  private static byte[] aha(boolean cut) {
    ByteBuffer bytes = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
    ahaAnnotation(bytes, 'N', 300, "");
    ahaAnnotation(bytes, 'R', 70_000, "");
    ahaAnnotation(bytes, 'U', 70_100, "");
    ahaAnnotation(bytes, 'O', 70_200, "noted");
    if (cut) {
      ahaAnnotation(bytes, 'N', 80_000, "");
      return Arrays.copyOf(bytes.array(), 71);
    }
    bytes.put((byte) 255);
    return bytes.array();
  }

  private static void ahaAnnotation(ByteBuffer bytes, char letter, int sample, String text) {
    int start = bytes.position();
    bytes.put((byte) 0).put((byte) letter);
    bytes.putShort((short) (sample >> 16)).putShort((short) sample);
    bytes.putShort((short) (start / 16 + 1));
    bytes.position(start + 10);
    bytes.put(text.getBytes(StandardCharsets.ISO_8859_1));
    bytes.position(start + 16);
  }

  @Test
  void a_skip_may_go_backwards() throws MalformedRecordingException {
    byte[] bytes = words(1 << 10 | 100, 59 << 10, 0xffff, 0x10000 - 60, 5 << 10, 0).bytes();
    assertThat(AnnotationReader.parse("x.atr", bytes).annotations())
        .containsExactly(WfdbAnnotation.at(100, "N"), WfdbAnnotation.at(40, "V"));
  }

  @Test
  void channel_and_number_last_until_they_change_while_a_subtype_does_not()
      throws MalformedRecordingException {
    byte[] bytes =
        words(1 << 10 | 1, 61 << 10 | 5, 62 << 10 | 1, 60 << 10 | 0xff, 1 << 10 | 1, 0).bytes();
    assertThat(AnnotationReader.parse("x.atr", bytes).annotations())
        .containsExactly(
            new WfdbAnnotation(1, "N", 5, 1, -1, ""), new WfdbAnnotation(2, "N", 0, 1, -1, ""));
  }

  @Test
  void a_stated_resolution_brings_positions_to_the_records_rate()
      throws MalformedRecordingException {
    WfdbAnnotations written =
        new WfdbAnnotations(List.of(WfdbAnnotation.at(720, "V")), OptionalDouble.of(720));
    WfdbAnnotations read = AnnotationReader.parse("x.atr", AnnotationWriter.format(written));
    assertThat(read).isEqualTo(written);
    assertThat(read.atRate(360)).containsExactly(WfdbAnnotation.at(360, "V"));
  }

  /** As putann of the WFDB library and wrann of its Python sister write it. */
  @Test
  void a_stated_resolution_may_be_closed_by_a_null_annotation() throws MalformedRecordingException {
    byte[] note = "## time resolution: 250".getBytes(StandardCharsets.US_ASCII);
    byte[] bytes =
        words(22 << 10, 63 << 10 | note.length)
            .and(packed(note))
            .and(59 << 10, 0xffff, 0xffff, 1)
            .and(1 << 10 | 25, 1 << 10 | 25, 0)
            .bytes();
    WfdbAnnotations read = AnnotationReader.parse("x.atr", bytes);
    assertThat(read.resolutionHz()).hasValue(250);
    assertThat(read.annotations())
        .containsExactly(WfdbAnnotation.at(25, "N"), WfdbAnnotation.at(50, "N"));
  }

  @Test
  void every_code_has_a_symbol_of_its_own() {
    List<String> symbols = new ArrayList<>();
    for (int code = 1; code <= AnnotationSymbols.MAXIMUM_CODE; code++) {
      symbols.add(AnnotationSymbols.of(code));
      assertThat(AnnotationSymbols.code(AnnotationSymbols.of(code))).isEqualTo(code);
    }
    assertThat(symbols).doesNotHaveDuplicates().contains("N", "r", "[15]", "[49]");
  }

  /**
   * The table isqrs of the WFDB library: a flutter wave counts, a P wave that is not led on does
   * not.
   */
  @Test
  void beats_are_those_of_the_wfdb_library() {
    List<Integer> beats = new ArrayList<>();
    for (int code = 1; code <= AnnotationSymbols.MAXIMUM_CODE; code++) {
      if (AnnotationSymbols.isBeat(AnnotationSymbols.of(code))) {
        beats.add(code);
      }
    }
    assertThat(beats)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 25, 30, 31, 34, 35, 38, 41);
  }

  @Test
  void an_unknown_symbol_is_refused() {
    assertThatThrownBy(() -> WfdbAnnotation.at(1, "Z"))
        .hasMessageContaining("annotation symbol is 'Z'; expected one of WFDB's");
  }

  @Provide
  Arbitrary<List<WfdbAnnotation>> annotations() {
    Arbitrary<Long> distances =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 1100), Arbitraries.longs().between(0, 5_000_000_000L));
    Arbitrary<String> symbols =
        Arbitraries.integers()
            .between(1, AnnotationSymbols.MAXIMUM_CODE)
            .map(AnnotationSymbols::of);
    Arbitrary<String> texts = Arbitraries.strings().withCharRange('!', 'z').ofMaxLength(255);
    return Combinators.combine(
            distances,
            symbols,
            Arbitraries.integers().between(-128, 127),
            Arbitraries.integers().between(0, 255),
            Arbitraries.integers().between(-128, 127),
            texts)
        .as(WfdbAnnotation::new)
        .list()
        .ofMaxSize(30)
        .map(AnnotationFilesTest::accumulated);
  }

  private static List<WfdbAnnotation> accumulated(List<WfdbAnnotation> distances) {
    List<WfdbAnnotation> annotations = new ArrayList<>();
    long sample = 0;
    for (WfdbAnnotation distance : distances) {
      sample += distance.sample();
      annotations.add(distance.movedTo(sample));
    }
    return annotations;
  }

  /** Text as words, its last one filled up with a zero. */
  private static int[] packed(byte[] text) {
    int[] words = new int[(text.length + 1) / 2];
    for (int i = 0; i < text.length; i++) {
      words[i / 2] |= text[i] << (8 * (i % 2));
    }
    return words;
  }

  private static Words words(int... words) {
    return new Words(new int[0]).and(words);
  }

  private record Words(int[] all) {
    Words and(int... more) {
      int[] joined = java.util.Arrays.copyOf(all, all.length + more.length);
      System.arraycopy(more, 0, joined, all.length, more.length);
      return new Words(joined);
    }

    byte[] bytes() {
      byte[] bytes = new byte[2 * all.length];
      for (int i = 0; i < all.length; i++) {
        bytes[2 * i] = (byte) all[i];
        bytes[2 * i + 1] = (byte) (all[i] >> 8);
      }
      return bytes;
    }
  }
}
