package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.physiowave.connectors.recording.RecordingException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Whatever bytes come, the answer is a value or an error of one line that names the file. */
class HostileFilesTest {

  @Property(tries = 2000)
  void as_annotations(@ForAll byte[] bytes) {
    assertAnswers("x.atr", () -> AnnotationReader.parse("x.atr", bytes));
  }

  @Property(tries = 2000)
  void as_annotations_with_plausible_words(@ForAll("words") byte[] bytes) {
    assertAnswers("x.atr", () -> AnnotationReader.parse("x.atr", bytes));
  }

  @Property(tries = 2000)
  void as_headers(@ForAll("headers") String text) {
    assertAnswers("x.hea", () -> WfdbHeaderReader.parse(text, "x.hea"));
  }

  private static void assertAnswers(String file, ThrowingCallable parse) {
    Throwable failure = catchThrowable(parse);
    if (failure != null) {
      assertThat(failure).isInstanceOf(RecordingException.class).hasMessageStartingWith(file);
      assertThat(failure.getMessage().lines()).hasSize(1);
    }
  }

  @Provide
  Arbitrary<byte[]> words() {
    Arbitrary<Integer> codes =
        Arbitraries.of(List.of(0, 1, 5, 22, 28, 49, 50, 58, 59, 60, 61, 62, 63));
    Arbitrary<Integer> data =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 1023));
    return codes
        .flatMap(code -> data.map(low -> code << 10 | low))
        .list()
        .ofMaxSize(40)
        .map(HostileFilesTest::bytes);
  }

  private static byte[] bytes(List<Integer> words) {
    byte[] bytes = new byte[2 * words.size()];
    for (int i = 0; i < words.size(); i++) {
      bytes[2 * i] = (byte) (int) words.get(i);
      bytes[2 * i + 1] = (byte) (words.get(i) >> 8);
    }
    return bytes;
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> tokens =
        Arbitraries.of(
            "x",
            "x/2",
            "0",
            "1",
            "2",
            "-1",
            "99999999999999999999",
            "360",
            "360/72(5)",
            "1e400",
            "16",
            "212",
            "16x2:1+24",
            "16x0",
            "200(0)/mV",
            "0",
            "/",
            "()",
            "200(a)/mV",
            "12:00:00",
            "99:99:99",
            "1/1/2026",
            "31/2/2026",
            "1-foo-2026",
            "x.dat",
            "-",
            "#",
            "NaN");
    return Arbitraries.oneOf(
        tokens
            .list()
            .ofMaxSize(10)
            .map(line -> String.join(" ", line))
            .list()
            .ofMaxSize(5)
            .map(lines -> String.join("\n", lines)),
        Arbitraries.strings().ofMaxLength(80));
  }
}
