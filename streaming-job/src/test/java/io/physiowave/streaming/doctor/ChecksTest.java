package io.physiowave.streaming.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.streaming.doctor.Finding.Level;
import io.physiowave.streaming.doctor.OutsideProgram.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
  private static final long GIGABYTE = 1L << 30;

  @TempDir private Path directory;

  private static Level level(Finding finding) {
    // Whatever is not as it should be comes with something to do about it.
    assertThat(finding.advice().isEmpty()).isEqualTo(finding.level() == Level.OK);
    return finding.level();
  }

  @Nested
  class Java {
    @ParameterizedTest
    @CsvSource({"11.0.2, true, FAIL", "17.0.2, true, OK", "17.0.2, false, WARN", "99, true, WARN"})
    void mustBe17OrLaterAndBetterAJdk(String version, boolean compiles, Level expected) {
      assertThat(level(JavaMachine.judge(Runtime.Version.parse(version), "Temurin", compiles)))
          .isEqualTo(expected);
    }
  }

  @Nested
  class TheProcessor {
    private static final String MODERN =
        """
        processor\t: 0
        model name\t: AMD EPYC 9354
        flags\t\t: fpu sse4_2 avx avx2 fma avx512f avx512_vnni
        """;

    @Test
    void isNamedWithItsVectorInstructions() {
      Finding finding = Processor.judge("Linux amd64", 8, Optional.of(MODERN));

      assertThat(level(finding)).isEqualTo(Level.OK);
      assertThat(finding.found())
          .isEqualTo(
              "Linux amd64, 8 cores, AMD EPYC 9354, sse4_2 avx fma avx2 avx512f avx512_vnni");
    }

    @Test
    void withoutAvx2OrWithOneCoreIsSlow() {
      String old = MODERN.replaceAll("avx\\S*", "");
      assertThat(level(Processor.judge("Linux amd64", 8, Optional.of(old)))).isEqualTo(Level.WARN);
      assertThat(level(Processor.judge("Linux amd64", 1, Optional.of(MODERN))))
          .isEqualTo(Level.WARN);
    }

    @Test
    void isTakenAsItIsWhereTheSystemDoesNotTell() {
      assertThat(level(Processor.judge("Mac OS X aarch64", 8, Optional.empty())))
          .isEqualTo(Level.OK);
    }
  }

  @Nested
  class Amounts {
    @ParameterizedTest
    @CsvSource({"2, 2, FAIL", "8, 2, WARN", "8, 6, OK"})
    void ofMemory(long total, long free, Level expected) {
      assertThat(level(Memory.judge(total * GIGABYTE, free * GIGABYTE))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, FAIL", "3, WARN", "30, OK"})
    void ofDisk(long free, Level expected) {
      assertThat(level(DiskSpace.judge(directory, free * GIGABYTE))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1024, WARN", "65536, OK"})
    void ofOpenFiles(long most, Level expected) {
      assertThat(level(OpenFiles.judge(most))).isEqualTo(expected);
    }
  }

  @Nested
  class TheTemporaryFolder {
    @Test
    void isTriedAndLeftClean() throws IOException {
      assertThat(level(TemporaryFolder.examine(directory))).isEqualTo(Level.OK);
      try (var left = Files.list(directory)) {
        assertThat(left).isEmpty();
      }
    }

    @Test
    void thatIsMissingFails() {
      assertThat(level(TemporaryFolder.examine(directory.resolve("gone")))).isEqualTo(Level.FAIL);
    }
  }

  @Nested
  class TextAndClock {
    private Level judge(Charset charset, String now) {
      return level(TextAndTime.examine(charset, Locale.ROOT, ZoneOffset.UTC, Instant.parse(now)));
    }

    @Test
    void wantUnicodeAndAClockThatWasSet() {
      assertThat(judge(StandardCharsets.UTF_8, "2030-01-01T00:00:00Z")).isEqualTo(Level.OK);
      assertThat(judge(StandardCharsets.US_ASCII, "2030-01-01T00:00:00Z")).isEqualTo(Level.WARN);
      assertThat(judge(StandardCharsets.UTF_8, "1970-01-01T00:05:00Z")).isEqualTo(Level.WARN);
    }
  }

  @Nested
  class APort {
    @Test
    void thatSomeoneHoldsFailsAndNamesTheFlagThatHelps() throws IOException {
      try (ServerSocket holder = new ServerSocket()) {
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        NeededPort port = new NeededPort(holder.getLocalPort(), "the live page", "--port");

        Finding finding = port.examine(List.of());

        assertThat(level(finding)).isEqualTo(Level.FAIL);
        assertThat(finding.advice()).contains("--port 0");
        assertThat(finding.name()).isEqualTo("port " + holder.getLocalPort());
      }
    }
  }

  @Nested
  class GraphicsCardsOfNvidia {
    @Test
    void areReadFromTheDriversTool() {
      assertThat(GraphicsCards.parse("NVIDIA L4, 580.65.06, 23034\nNo devices were found\n"))
          .containsExactly(new GraphicsCard("NVIDIA L4", "580.65.06", 23034));
    }

    @ParameterizedTest
    @CsvSource({"470.82, WARN, CUDA 12", "550.54.15, WARN, CUDA 13", "580.65.06, OK, ''"})
    void needADriverThatServesCuda(String driver, Level expected, String advice) {
      Finding finding =
          GraphicsCards.examine(List.of(new GraphicsCard("NVIDIA L4", driver, 23034))).get(0);

      assertThat(level(finding)).isEqualTo(expected);
      assertThat(finding.advice()).contains(advice);
    }

    @Test
    void mayBeAbsent() {
      assertThat(GraphicsCards.examine(List.of()))
          .extracting(Finding::level)
          .containsOnly(Level.OK);
    }
  }

  @Nested
  class OnnxRuntime {
    @Test
    void reallyComputesOnTheProcessor() {
      assertThat(ExecutionProviders.examine(false))
          .filteredOn(finding -> finding.name().contains("CPUExecutionProvider"))
          .singleElement()
          .returns(Level.OK, Finding::level);
    }

    @Test
    void thatLeavesAGpuUnusedSaysHowToBuildForIt() {
      assertThat(ExecutionProviders.examine(true))
          .filteredOn(finding -> finding.level() == Level.WARN)
          .isNotEmpty()
          .anySatisfy(finding -> assertThat(finding.advice()).contains("docs/gpu.md"));
    }
  }

  @Nested
  class TheShippedModels {
    @Test
    void failWhenTheyAreNotThere() {
      assertThat(ShippedModels.examine(directory))
          .hasSize(2)
          .allSatisfy(finding -> assertThat(level(finding)).isEqualTo(Level.FAIL));
    }
  }

  @Nested
  class LibtorchOfTraining {
    @Test
    void isNotNeededForTheDemo() {
      assertThat(Libtorch.examine(directory, false).level()).isEqualTo(Level.OK);
      assertThat(level(Libtorch.examine(directory, true))).isEqualTo(Level.WARN);
    }

    @Test
    void isJudgedByWhatItsOwnProcessSays() {
      assertThat(Libtorch.judge(Optional.of(new Answer(0, "a warning\n2.10 computes"))).found())
          .isEqualTo("2.10 computes");
      assertThat(level(Libtorch.judge(Optional.of(new Answer(1, "no libcudart.so.13")))))
          .isEqualTo(Level.WARN);
      assertThat(level(Libtorch.judge(Optional.empty()))).isEqualTo(Level.WARN);
    }
  }

  @Nested
  @DisabledOnOs(OS.WINDOWS)
  class AnotherProgram {
    @Test
    void isHeardOrGivenUp() {
      assertThat(OutsideProgram.run("echo", "hello")).contains("hello");
      assertThat(OutsideProgram.run("false")).isEmpty();
      assertThat(OutsideProgram.run("no-such-program-here")).isEmpty();
    }
  }
}
