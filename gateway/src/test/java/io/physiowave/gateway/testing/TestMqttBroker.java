package io.physiowave.gateway.testing;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import io.physiowave.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A real broker of MQTT in this JVM. */
public final class TestMqttBroker implements AutoCloseable {
  private static final String LISTENER =
      """
            <tcp-listener>
              <port>%d</port>
              <bind-address>127.0.0.1</bind-address>
            </tcp-listener>
      """;
  private static final String TLS_LISTENER =
      """
            <tls-tcp-listener>
              <port>%d</port>
              <bind-address>127.0.0.1</bind-address>
              <tls>
                <keystore>
                  <path>%s</path>
                  <password>%s</password>
                  <private-key-password>%3$s</private-key-password>
                </keystore>
              </tls>
            </tls-tcp-listener>
      """;

  private final Path directory;
  private final int port = FreePort.any();
  private final int tlsPort = FreePort.any();
  private final Optional<EmbeddedExtension> extension;
  private EmbeddedHiveMQ broker;

  /** Starts one in an empty directory, open to everybody, which keeps its sessions in memory. */
  public TestMqttBroker(Path directory) throws IOException {
    this.directory = directory;
    extension = Optional.empty();
    configure(LISTENER.formatted(port), "in-memory");
    start();
  }

  /** Starts one with which something may be wrong, open to everybody. */
  public TestMqttBroker(Path directory, BrokerFaults faults) throws IOException {
    this.directory = directory;
    extension = Optional.of(faults.extension());
    configure(LISTENER.formatted(port), "in-memory");
    start();
  }

  /**
   * Starts one that also speaks TLS, asks everybody but devices for a login, and keeps its sessions
   * on the disk.
   */
  public TestMqttBroker(Path directory, TestCertificate certificate, String user, String password)
      throws IOException {
    this.directory = directory;
    extension = Optional.of(TestLogin.extension(user, password));
    String tls = TLS_LISTENER.formatted(tlsPort, certificate.store(), TestCertificate.PASSWORD);
    configure(LISTENER.formatted(port) + tls, "file");
    start();
  }

  private void configure(String listeners, String persistence) throws IOException {
    Files.writeString(
        Files.createDirectories(directory.resolve("conf")).resolve("config.xml"),
        """
        <?xml version="1.0"?>
        <hivemq>
          <listeners>
        %s
          </listeners>
          <persistence><mode>%s</mode></persistence>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        </hivemq>
        """
            .formatted(listeners, persistence));
  }

  private void start() throws IOException {
    EmbeddedHiveMQBuilder builder =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(directory.resolve("conf"))
            .withDataFolder(Files.createDirectories(directory.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
            .withoutLoggingBootstrap();
    extension.ifPresent(builder::withEmbeddedExtension);
    broker = builder.build();
    broker.start().join();
  }

  /** Stops it and starts it again, on the same ports. */
  public void restart() throws IOException {
    close();
    start();
  }

  /** What clients take. */
  public URI address() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  /** The same with TLS. */
  public URI encryptedAddress() {
    return URI.create("mqtts://127.0.0.1:" + tlsPort);
  }

  @Override
  public void close() {
    broker.stop().join();
  }
}
