package io.physiowave.connectors.recording.wfdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What header(5) of the WFDB manual allows, and what headers of published records hold. */
class WfdbHeaderReaderTest {
  @TempDir Path directory;

  @Test
  void a_date_of_zeros_is_none() throws RecordingException {
    WfdbHeader header = parse("100 2 360 650000 0:0:0 0/0/0", "100.dat 212", "100.dat 212");
    assertThat(header.baseDate()).isEmpty();
    assertThat(header.startTime()).isEmpty();
    assertThat(header.frameCount()).hasValue(650_000);
  }

  @Test
  void a_block_size_may_be_negative() throws RecordingException {
    WfdbHeader header = parse("x 1 360 2", "x.dat 16 200 12 0 0 0 -512 II");
    assertThat(header.signals().get(0).blockSize()).isEqualTo(-512);
    assertThat(header.signals().get(0).description()).isEqualTo("II");
  }

  @Nested
  class LinesBeyondThoseAnnounced {
    @Test
    void do_not_count() throws RecordingException {
      assertThat(parse("x 1 360 2", "x.dat 16 200", "y.dat 16 200", "# free text"))
          .satisfies(header -> assertThat(header.signals()).hasSize(1))
          .satisfies(header -> assertThat(header.comments()).containsExactly("free text"));
      assertThat(parse("x/1 1 360 2", "a 2", "b 2").segments()).hasSize(1);
    }

    @Test
    void are_refused_where_their_samples_lie_among_those_of_the_others() {
      assertThatThrownBy(() -> parse("x 1 360 2", "x.dat 16 200", "x.dat 16 200"))
          .isInstanceOf(MalformedRecordingException.class)
          .hasMessage(
              "x.hea line 3: 'x.dat 16 200' is one signal line too many for its file; the record"
                  + " line announces 1");
    }
  }

  @Nested
  class Encodings {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252"})
    void of_a_unit_may_be_any_that_is_common(String charset) throws IOException {
      WfdbHeader header = read(Charset.forName(charset), "x 1 360 2", "x.dat 16 200/\u00b5V");
      assertThat(WfdbChannels.of(header.signals()).get(0).unit()).isEqualTo("uV");
    }

    @Test
    void of_comments_end_no_line() throws IOException {
      // In Windows' code the ellipsis is 0x85, which Unicode takes for the end of a line.
      String comment = "treated\u2026 but not for long";
      assertThat(
              read(Charset.forName("windows-1252"), "x 1 360 2", "x.dat 16", "# " + comment)
                  .comments())
          .hasSize(1);
      List<String> comments =
          read(StandardCharsets.UTF_8, "x 1 360 2", "x.dat 16", "# \u00c5ngstr\u00f6m", "# b")
              .comments();
      assertThat(comments).containsExactly("\u00c5ngstr\u00f6m", "b");
    }
  }

  private static WfdbHeader parse(String... lines) throws RecordingException {
    return WfdbHeaderReader.parse(String.join("\r\n", lines), "x.hea");
  }

  private WfdbHeader read(Charset charset, String... lines) throws IOException {
    Path file = directory.resolve("x.hea");
    Files.writeString(file, String.join("\n", lines), charset);
    return WfdbHeaderReader.read(file);
  }
}
