package io.physiowave.streaming.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.sun.net.httpserver.HttpServer;
import io.physiowave.core.card.ModelCard;
import io.physiowave.streaming.testing.TestFileSystem;
import io.physiowave.streaming.testing.TestModels;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where model files may lie. */
class ModelSourcesTest {
  /** A file without an end, where the system has one; its length is said to be 0. */
  private static final Path ZEROS = Path.of("/dev/zero");

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() {
    file = TestModels.write(directory, TestModels.ecg());
  }

  private void assertReads(String location) throws IOException {
    ServedModel model = ModelFile.read(location).served();
    assertThat(model.location()).isEqualTo(location);
    assertThat(model.sha256()).isEqualTo(ModelFile.read(file.toString()).sha256());
    assertThat(model.card()).isEqualTo(TestModels.ecg());
  }

  private static void assertRefuses(String location, String... reasons) {
    assertThatThrownBy(() -> ModelFile.read(location))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith(location + ": ")
        .hasMessageContainingAll(reasons);
  }

  @ParameterizedTest
  @CsvSource({
    ModelCard.TASKS_METADATA_KEY + ", answers several tasks at once; expected one of a single task",
    ModelCard.FUSION_METADATA_KEY + ", reads several signals at once; expected one of a single"
  })
  void ofAnotherFormAreRefusedWithTheReason(String key, String reason) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetadataPropsBuilder(0).setKey(key);
    Files.write(file, model.build().toByteArray());
    assertThatThrownBy(() -> ModelFile.read(file.toString()).served())
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  @Nested
  class OnAFileSystem {
    @Test
    void areNamedByPathOrUri() throws Exception {
      assertReads(file.toString());
      assertReads(file.toUri().toString());
      assertReads("file://" + file);
    }

    @Test
    void areReadThroughWhateverFlinkHasForTheScheme() throws Exception {
      assertReads(TestFileSystem.address(file));
    }

    @Test
    void areMissing() {
      assertRefuses(directory.resolve("gone.onnx").toString(), "no such model file");
      assertRefuses(TestFileSystem.address(directory.resolve("gone.onnx")), "no such model file");
    }

    @Test
    void areRefusedUnreadWhenTheyAreTooLong() throws Exception {
      long length = ModelFile.maximumBytes() + 1L;
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(length);
      }

      assertRefuses(
          file.toString(),
          "the file has " + length + " bytes; expected at most " + (length - 1),
          "a quarter of this process's heap");
    }

    @Test
    @EnabledIf("hasZeros")
    void areRefusedWhenTheyGoOnBehindTheLengthThatTheySay() {
      assertThatThrownBy(() -> ModelFile.read(ZEROS.toString(), 1_000))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageStartingWith(ZEROS + ": the file is longer than 1000 bytes");
    }

    static boolean hasZeros() {
      return Files.exists(ZEROS);
    }

    @Test
    void needThePluginOfTheirStoreWhichTheErrorNames() {
      assertRefuses("s3://models/ecg.onnx", "flink-s3-fs-hadoop", "flink-s3-fs-presto", "plugins");
      assertRefuses("gs://models/ecg.onnx", "flink-gs-fs-hadoop");
      assertRefuses("nowhere://models/ecg.onnx", "nowhere");
    }
  }

  @Nested
  class OnAWebServer {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private HttpServer server;
    private String root;

    @BeforeEach
    void serve() throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      root = "http://localhost:" + server.getAddress().getPort();
      server.createContext(
          "/ecg.onnx",
          exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.createContext(
          "/latest",
          exchange -> {
            exchange.getResponseHeaders().add("Location", root + "/ecg.onnx");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
          });
      server.createContext(
          "/cut.onnx",
          exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            // Closes the connection in the middle of the body.
            throw new IOException("cut");
          });
      server.createContext(
          "/trickles.onnx",
          exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
          });
      server.createContext(
          "/slow.onnx",
          exchange -> {
            takeTime();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            takeTime();
            exchange
                .getResponseBody()
                .write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
            exchange.close();
          });
      server.createContext(
          "/endless.onnx",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1_001]);
            exchange.getResponseBody().flush();
          });
      server.createContext(
          "/long.onnx",
          exchange -> {
            // And not a byte of it.
            exchange.sendResponseHeaders(200, 1_000_001);
          });
      server.start();
    }

    @AfterEach
    void stop() {
      stopped.countDown();
      server.stop(0);
    }

    /** More than half of what a whole answer may take. */
    private void takeTime() {
      try {
        boolean unused = stopped.await(700, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Test
    void areDownloadedAlsoBehindARedirect() throws Exception {
      assertReads(root + "/ecg.onnx");
      assertReads(root + "/latest");
    }

    @Test
    void areRefusedWithTheServersAnswer() {
      assertRefuses(root + "/gone.onnx", "the server answers 404; expected 200");
    }

    @Test
    void areRefusedWhenTheyBreakOff() {
      assertRefuses(root + "/cut.onnx", "the model file cannot be read: ");
    }

    @Test
    void areRefusedWhenTheirEndDoesNotCome() {
      assertThatThrownBy(
              () -> HttpDownload.read(root + "/trickles.onnx", 1_000_000, Duration.ofMillis(500)))
          .isInstanceOf(IOException.class)
          .hasMessage("the whole answer is not there within 500 ms");
    }

    @Test
    void areRefusedWhenHeadAndBodyTogetherTakeTooLong() {
      assertThatThrownBy(
              () -> HttpDownload.read(root + "/slow.onnx", 1_000_000, Duration.ofSeconds(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("the whole answer is not there within 1000 ms");
    }

    @Test
    void areRefusedUnreadWhenTheServerSaysThatTheyAreTooLong() {
      assertThatThrownBy(
              () -> HttpDownload.read(root + "/long.onnx", 1_000_000, Duration.ofSeconds(30)))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessage(
              root
                  + "/long.onnx: the file has 1000001 bytes; expected at most 1000000"
                  + ModelFile.WHY_NO_LONGER);
      assertThatThrownBy(
              () -> HttpDownload.read(root + "/endless.onnx", 1_000, Duration.ofSeconds(30)))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageStartingWith(root + "/endless.onnx: the file is longer than 1000 bytes");
    }

    @Test
    void areRefusedWhereNoServerIs() {
      assertRefuses(
          "http://localhost:1/ecg.onnx",
          "the model file cannot be read: java.net.ConnectException");
    }

    @Test
    void areRefusedUnderWhatIsNoAddress() {
      assertRefuses(root + "/my model.onnx", "not a web address", "Illegal character");
    }
  }
}
