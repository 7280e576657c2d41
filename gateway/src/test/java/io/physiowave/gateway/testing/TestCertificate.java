package io.physiowave.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key with a certificate that it has signed itself, made by the JDK's keytool.
 *
 * @param store both, PKCS 12
 * @param pem the certificate
 */
public record TestCertificate(Path store, Path pem) {
  /** What opens the store, and the key in it. */
  static final String PASSWORD = "changed-it";

  /**
   * Makes one.
   *
   * @param names who it is for, e.g. {@code dns:localhost}
   */
  public static TestCertificate of(Path directory, String name, String names)
      throws IOException, InterruptedException {
    Path store = directory.resolve(name + ".p12");
    Path pem = directory.resolve(name + ".pem");
    keytool(
        store,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-ext",
        "san=" + names,
        "-storetype",
        "PKCS12");
    keytool(store, "-exportcert", "-rfc", "-file", pem.toString());
    return new TestCertificate(store, pem);
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "broker", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
