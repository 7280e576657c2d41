package io.physiowave.cluster.kafka;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.quickstart.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The broker's process: runs until it is told to end. */
@Command(name = "broker", description = "Runs a Kafka broker on loopback until it is ended.")
public final class BrokerProcess implements Callable<Integer> {
  @Option(names = "--port", required = true, description = "Where clients connect.")
  private int port;

  @Option(names = "--controller-port", required = true, description = "Where the controller is.")
  private int controllerPort;

  @Option(names = "--storage", required = true, description = "Directory of its data.")
  private Path storage;

  private final CountDownLatch stop = new CountDownLatch(1);

  /** Runs the process. */
  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(new BrokerProcess(), arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.startOn(port, controllerPort, storage);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
    stop.await();
    return CommandRunner.SUCCESS;
  }
}
