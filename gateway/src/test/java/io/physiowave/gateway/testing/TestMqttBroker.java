package io.physiowave.gateway.testing;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real broker of MQTT in this JVM, which keeps its sessions in memory. */
public final class TestMqttBroker implements AutoCloseable {
  private final int port;
  private final EmbeddedHiveMQ broker;

  /** Starts a broker in an empty directory. */
  public TestMqttBroker(Path directory) throws IOException {
    port = freePort();
    Path settings = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        settings.resolve("config.xml"),
        """
        <?xml version="1.0"?>
        <hivemq>
          <listeners>
            <tcp-listener>
              <port>%d</port>
              <bind-address>127.0.0.1</bind-address>
            </tcp-listener>
          </listeners>
          <persistence><mode>in-memory</mode></persistence>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        </hivemq>
        """
            .formatted(port));
    broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(settings)
            .withDataFolder(Files.createDirectories(directory.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
            .withoutLoggingBootstrap()
            .build();
    broker.start().join();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What clients take. */
  public URI address() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    broker.stop().join();
  }
}
