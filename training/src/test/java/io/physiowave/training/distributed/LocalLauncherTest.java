package io.physiowave.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(1800)
class LocalLauncherTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Says who it is; what it does then is its argument. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Rank rank = Rank.of(System.getenv());
      System.out.println(arguments[0] + " " + rank.rank() + " of " + rank.worldSize());
      if (arguments[0].equals("fail") && rank.rank() == 1) {
        waitFor(rank.masterPort());
        System.err.println("out of luck");
        System.exit(7);
      }
      if (arguments[0].equals("fail")) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("farewell")));
        try (ServerSocket ready = new ServerSocket(rank.masterPort())) {
          ready.accept().close();
          // For ever, unless it is stopped.
          new CountDownLatch(1).await();
        }
      }
    }

    private static void waitFor(int port) {
      boolean there = false;
      while (!there) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          there = socket.isConnected();
        } catch (IOException notYet) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private int launch(String argument) throws IOException {
    return new LocalLauncher(Worker.class, new PrintWriter(out), new PrintWriter(err))
        .run(2, List.of(argument));
  }

  @Test
  void everyLineNamesItsProcess() throws IOException {
    assertThat(launch("work")).isZero();
    assertThat(out.toString().lines())
        .containsExactlyInAnyOrder("[rank 0] work 0 of 2", "[rank 1] work 1 of 2");
  }

  @Test
  void oneThatFailsStopsTheOthersAndItsCodeIsPassedOn() throws IOException {
    assertThat(launch("fail")).isEqualTo(7);
    assertThat(err.toString())
        .contains("[rank 1] out of luck", "rank 1 ended with code 7; stopping the others");
    assertThat(out.toString()).contains("[rank 0] farewell");
  }
}
