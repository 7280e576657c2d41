package io.physiowave.connectors.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.connectors.testing.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandRunnerTest {
  /** Fails as it is told. */
  @Command(name = "sample", description = "A command for this test.")
  static final class Sample implements Callable<Integer> {
    @Option(names = "--number")
    private int number;

    private final Exception failure;

    Sample(Exception failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure != null) {
        throw failure;
      }
      return number;
    }
  }

  @Test
  void a_commands_own_result_is_its_exit_code() {
    assertThat(CommandRun.of(new Sample(null)).exitCode()).isEqualTo(CommandRunner.SUCCESS);
    assertThat(CommandRun.of(new Sample(null), "--number", 3).exitCode()).isEqualTo(3);
  }

  @Test
  void help_and_version_are_there_for_every_command() {
    assertThat(CommandRun.of(new Sample(null), "--help").out())
        .startsWith("Usage: physiowave sample ")
        .contains("A command for this test.", "--version", "--debug");
    assertThat(CommandRun.of(new Sample(null), "--version").out())
        .startsWith("physiowave ")
        .contains("Java ");
  }

  @Test
  void bad_usage_exits_with_2_and_points_to_help() {
    CommandRun run = CommandRun.of(new Sample(null), "--number", "many");
    assertThat(run.exitCode()).isEqualTo(CommandRunner.USAGE);
    assertThat(run.err()).contains("'many' is not an int", "Try 'physiowave sample --help'");
  }

  @Test
  void a_failure_is_one_line_and_exits_with_1() {
    CommandRun run = CommandRun.of(new Sample(new IllegalArgumentException("a\n  b")));
    assertThat(run.exitCode()).isEqualTo(CommandRunner.FAILURE);
    assertThat(run.err()).isEqualTo("sample: a b" + System.lineSeparator());
  }

  @Test
  void a_missing_file_is_said_in_words() {
    Exception failure = new UncheckedIOException(new NoSuchFileException("208.hea"));
    assertThat(CommandRun.of(new Sample(failure)).err())
        .isEqualTo("sample: 208.hea: no such file or directory" + System.lineSeparator());
  }

  @Test
  void a_full_disk_is_said_with_what_was_to_be_written() {
    Exception failure =
        new UncheckedIOException(
            "cannot write plan.json", new IOException("No space left on device"));
    assertThat(CommandRun.of(new Sample(failure)).err())
        .isEqualTo(
            "sample: cannot write plan.json: No space left on device" + System.lineSeparator());
    failure = new UncheckedIOException(new IOException("No space left on device"));
    assertThat(CommandRun.of(new Sample(failure)).err())
        .isEqualTo("sample: No space left on device" + System.lineSeparator());
  }

  @Test
  void an_unexpected_failure_names_its_class() {
    assertThat(CommandRun.of(new Sample(new IllegalStateException("odd"))).err())
        .startsWith("sample: IllegalStateException: odd");
  }

  @Test
  void a_setting_that_kafka_refuses_is_named_and_not_the_client_that_it_was_for() {
    Exception failure =
        new KafkaException(
            "Failed to create new KafkaAdminClient",
            new ConfigException("Invalid url in bootstrap.servers: broker"));
    assertThat(CommandRun.of(new Sample(failure)).err())
        .isEqualTo("sample: Invalid url in bootstrap.servers: broker" + System.lineSeparator());
  }

  @Test
  void no_answer_from_kafka_is_said_in_words() {
    Exception failure = new TimeoutException("Timeout expired while fetching topic metadata");
    assertThat(CommandRun.of(new Sample(failure)).err())
        .isEqualTo(
            "sample: no answer from Kafka in time; check the bootstrap servers (Timeout expired"
                + " while fetching topic metadata)"
                + System.lineSeparator());
  }

  @Test
  void debug_adds_the_stack_trace() {
    CommandRun run = CommandRun.of(new Sample(new IllegalStateException("odd")), "--debug");
    assertThat(run.err()).contains("at " + CommandRunnerTest.class.getName());
  }
}
