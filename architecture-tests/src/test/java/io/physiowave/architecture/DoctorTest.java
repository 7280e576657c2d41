package io.physiowave.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.quickstart.command.DemoCommand;
import io.physiowave.streaming.command.DoctorCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the doctor takes for granted of modules that its own does not see. */
class DoctorTest {
  private static final String LIBTORCH =
      "streaming-job/src/main/java/io/physiowave/streaming/doctor/Libtorch.java";

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--flink-port", "--kafka-port"})
  void looksAtThePortsOfTheDemo(String flag) {
    assertThat(defaultOf(new DoctorCommand(), flag)).isEqualTo(defaultOf(new DemoCommand(), flag));
  }

  @Test
  void asksAClassOfTrainingThatIsThere() {
    String probe = "io.physiowave.training.command.LibtorchProbe";

    assertThat(Repository.text(LIBTORCH)).contains("\"" + probe + "\"");
    assertThat(StartedClasses.problems(List.of(probe))).isEmpty();
  }

  private static String defaultOf(Object command, String flag) {
    return new CommandLine(command).getCommandSpec().findOption(flag).defaultValue();
  }
}
