package io.physiowave.training.wavelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WaveletKernelTest {

  @Nested
  class EveryWavelet {
    @Test
    void ofTheDiscreteFamiliesIsKnown() {
      assertThat(Wavelets.names())
          .hasSize(106)
          .contains("haar", "db1", "db38", "sym2", "sym20", "coif1", "coif17", "dmey")
          .contains("bior1.1", "bior6.8", "rbio1.1", "rbio6.8");
    }

    @Test
    void passesConstantsThroughTheLowPassOnly() {
      for (String name : Wavelets.names()) {
        Wavelet wavelet = Wavelets.named(name);
        assertThat(Arrays.stream(wavelet.lowPass()).sum())
            .as(name)
            .isCloseTo(Math.sqrt(2), within(2e-3));
        assertThat(Arrays.stream(wavelet.highPass()).sum()).as(name).isCloseTo(0, within(2e-3));
        assertThat(wavelet.highPass()).as(name).hasSameSizeAs(wavelet.lowPass());
      }
    }

    @Test
    void thatIsUnknownIsRefusedWithTheFamiliesNamed() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Wavelets.named("db39"))
          .withMessageContaining("'db39' is unknown")
          .withMessageContaining("db1-db38");
    }
  }

  @Nested
  class Resampled {
    @TestFactory
    List<DynamicTest> equalsThePublishedProcedure() throws IOException {
      Path fixture =
          Path.of("src/test/resources/io/physiowave/training/wavelet/resampled-kernels.txt");
      return Files.readAllLines(fixture).stream()
          .skip(1)
          .map(
              line ->
                  DynamicTest.dynamicTest(
                      line.replaceAll("^(\\S+ \\S+ \\S+).*", "$1"), () -> check(line)))
          .toList();
    }

    private void check(String line) {
      String[] words = line.split(" ");
      WaveletKernel kernel = WaveletKernel.of(Wavelets.named(words[0]), Integer.parseInt(words[1]));
      float[] taps = words[2].equals("low") ? kernel.lowPass() : kernel.highPass();
      assertThat(taps).hasSize(words.length - 3);
      for (int index = 0; index < taps.length; index++) {
        float expected = Float.parseFloat(words[index + 3]);
        assertThat(taps[index])
            .isCloseTo(expected, within(3e-7f * Math.max(1, Math.abs(expected))));
      }
    }

    @Test
    void toTwoTapsThatAreBothZeroHasNoValueAsPublished() {
      assertThat(WaveletKernel.of(Wavelets.named("bior3.9"), 2).highPass())
          .containsExactly(Float.NaN, Float.NaN);
    }

    @Test
    void toTwoTapsThatAreBothZeroIsNoStartForTraining() {
      WaveletKernel.requireTaps(List.of("db6", "bior3.9"), 8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WaveletKernel.requireTaps(List.of("haar", "bior3.9"), 2))
          .withMessageContaining("wave_kernel_size 2 is too short to resample wavelet bior3.9");
    }

    @Test
    void toNoTapsIsRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WaveletKernel.of(Wavelets.named("haar"), 0))
          .withMessageContaining("wave_kernel_size 0");
    }
  }
}
