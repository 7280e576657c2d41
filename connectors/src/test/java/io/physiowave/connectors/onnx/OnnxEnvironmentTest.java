package io.physiowave.connectors.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OnnxEnvironmentTest {
  private static final Path MODEL = Path.of("../models/ecg-beats.onnx");
  private static final String WENT_ON = "models were loaded after the process was told to end";

  @TempDir private Path directory;

  /** Loads a model over and over on two threads, also while the process ends. */
  static final class LoadsForEver {
    private final OrtEnvironment environment = OnnxEnvironment.get();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch more = new CountDownLatch(20);
    private volatile boolean isEnding;

    public static void main(String[] arguments) throws IOException, InterruptedException {
      byte[] model = Files.readAllBytes(Path.of(arguments[0]));
      LoadsForEver child = new LoadsForEver();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(() -> child.load(model));
        threads.add(thread);
        thread.start();
      }
      child.first.await();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> child.goOn(threads)));
      System.out.println("ready");
    }

    private void load(byte[] model) {
      try {
        while (more.getCount() > 0) {
          environment.createSession(model, new OrtSession.SessionOptions()).close();
          (isEnding ? more : first).countDown();
        }
      } catch (OrtException e) {
        System.out.println(e);
        Runtime.getRuntime().halt(1);
      }
    }

    /** By then the library's hook has come to its end, too: it has nothing to wait for. */
    private void goOn(List<Thread> threads) {
      isEnding = true;
      try {
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.out.println(WENT_ON);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process is not asked to end there")
  void whatComputesWhenTheProcessIsToldToEndGoesOnToTheEnd() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + directory.resolve("crash.log"),
            "-cp",
            System.getProperty("java.class.path"),
            LoadsForEver.class.getName(),
            MODEL.toString());
    command.environment().put("ORT_DISABLE_TELEMETRY", "1");
    Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");

      // The process itself would close its output, too.
      process.toHandle().destroy();

      assertThat(out.lines()).containsExactly(WENT_ON);
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(directory.resolve("crash.log")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void thisVersionOfTheLibraryLetsItsEnvironmentBeKept() {
    assertThat(OnnxEnvironment.keep()).isTrue();
    assertThat(OnnxEnvironment.get()).isSameAs(OrtEnvironment.getEnvironment());
  }
}
