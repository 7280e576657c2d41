package io.physiowave.gateway.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/** Which brokers are taken for the right one: by certificate, and by the name in it. */
final class BrokerTrust {
  private BrokerTrust() {}

  /**
   * TLS settings.
   *
   * @param file certificates, PEM, that the broker's must come from; empty for those Java trusts
   * @throws IllegalArgumentException when the file holds no certificate
   */
  static MqttClientSslConfig of(Optional<Path> file) {
    // Without a verifier of ours the name is checked as for HTTPS; Java's own verifier refuses all.
    var builder = MqttClientSslConfig.builder();
    return file.map(path -> builder.trustManagerFactory(trust(path))).orElse(builder).build();
  }

  private static TrustManagerFactory trust(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
      if (number == 0) {
        throw new IllegalArgumentException(file + ": no certificate; expected PEM");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + ": " + e.getMessage() + "; expected certificates in PEM", e);
    }
  }
}
