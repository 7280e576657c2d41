package io.physiowave.training.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.connectors.command.CommandRunner;
import io.physiowave.training.command.PrepareCommand;
import io.physiowave.training.dataset.FileHash;
import io.physiowave.training.prepare.SmallDatasets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetDownloadTest {
  private static final byte[] CONTENT = random(300_000);

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();
  private TestServer server;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private DownloadOptions options(URI mirror) {
    return new DownloadOptions(
        Optional.of(mirror), 3, 3, Duration.ofMillis(1), Duration.ofSeconds(20), false);
  }

  /** Serves a folder with its sums as PhysioNet does. */
  private void publish(String... names) {
    StringBuilder sums = new StringBuilder();
    for (String name : names) {
      byte[] content = name.equals("100.dat") ? CONTENT : name.getBytes(StandardCharsets.UTF_8);
      server.put("mitdb/" + name, content);
      sums.append(FileHash.sha256(content)).append("  ").append(name).append('\n');
    }
    server.put("mitdb/SHA256SUMS.txt", sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void fetch() throws IOException {
    DatasetDownload.into(
        folder, PublicDataset.MITDB, options(server.address("mitdb/")), lines::add);
  }

  @Nested
  class FolderWithSums {
    @Test
    void wantedFilesComeAndOthersDoNot() throws IOException {
      publish("100.dat", "100.hea", "100.atr", "mitdbdir/intro.htm", "RECORDS");
      fetch();
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
      assertThat(folder.resolve("100.atr")).hasContent("100.atr");
      assertThat(folder.resolve("RECORDS")).doesNotExist();
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("SHA256SUMS.txt", "100.dat", "100.hea", "100.atr");
      }
      assertThat(lines.get(0)).contains("fetches from http://127.0.0.1", "ODC-By");
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws IOException {
      publish("100.dat", "100.hea");
      fetch();
      int before = server.requests().size();
      fetch();
      assertThat(server.requests()).hasSize(before);
    }

    @Test
    void namesMustStayBelowTheFolder() {
      server.put(
          "mitdb/SHA256SUMS.txt",
          ("0".repeat(64) + "  data/../../100.dat\n").getBytes(StandardCharsets.UTF_8));
      PublicDataset all =
          new PublicDataset(
              PublicDataset.MITDB.kind(),
              PublicDataset.MITDB.address(),
              Pattern.compile("dat$"),
              "none");
      assertThatThrownBy(
              () ->
                  DatasetDownload.into(folder, all, options(server.address("mitdb/")), lines::add))
          .hasMessageContaining("'data/../../100.dat'; expected a path below the folder");
    }

    @Test
    void aMalformedLineIsNamed() {
      server.put("mitdb/SHA256SUMS.txt", "not a sum\n".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> fetch())
          .hasMessageContaining("SHA256SUMS.txt line 1: 'not a sum'; expected a SHA-256");
    }
  }

  @Nested
  class BrokenConnections {
    @Test
    void areGoneOnWithWhereTheyBroke() throws IOException {
      publish("100.dat");
      server.fail("mitdb/100.dat", TestServer.cutAfter(100_000), TestServer.cutAfter(50_000));
      fetch();
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
      List<String> requests =
          server.requests().stream().filter(path -> path.contains("100.dat")).toList();
      assertThat(requests).hasSize(3);
      assertThat(requests.get(1)).startsWith("/mitdb/100.dat bytes=");
      assertThat(requests.get(2)).startsWith("/mitdb/100.dat bytes=").isNotEqualTo(requests.get(1));
    }

    @Test
    void mayBeManyAsLongAsSomethingComes() throws IOException {
      publish("100.dat");
      TestServer.Fault[] cuts = new TestServer.Fault[8];
      Arrays.fill(cuts, TestServer.cutAfter(30_000));
      server.fail("mitdb/100.dat", cuts);
      fetch();
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
    }

    @Test
    void leaveWhatCameForTheNextRun() throws IOException {
      publish("100.dat");
      server.fail(
          "mitdb/100.dat",
          TestServer.cutAfter(100_000),
          TestServer.status(503),
          TestServer.status(503),
          TestServer.status(503));
      assertThatThrownBy(() -> fetch())
          .isInstanceOf(DownloadException.class)
          .hasMessageContaining("mitdb/100.dat: the server answers 503, after 3 attempts");
      assertThat(folder.resolve("100.dat")).doesNotExist();
      assertThat(folder.resolve("100.dat.part")).exists();
      fetch();
      assertThat(server.requests().get(server.requests().size() - 1)).contains("bytes=");
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
      assertThat(folder.resolve("100.dat.part")).doesNotExist();
    }

    @Test
    void startAnewWhenTheServerKnowsNoRanges() throws IOException {
      publish("100.dat");
      server.withoutRanges();
      server.fail("mitdb/100.dat", TestServer.cutAfter(100_000));
      fetch();
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
    }

    @Test
    void startAnewWhenTheContentChanged() throws IOException {
      publish("100.dat");
      Files.write(folder.resolve("100.dat.part"), new byte[1000]);
      Files.writeString(folder.resolve("100.dat.part.tag"), "\"old\"");
      server.fail("mitdb/100.dat", TestServer.other(CONTENT));
      fetch();
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
    }

    @Test
    void aSilentServerCountsAsBroken() throws IOException {
      publish("100.dat");
      CountDownLatch end = new CountDownLatch(1);
      TestServer.Fault silent =
          (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 10);
            exchange.getResponseBody().flush();
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      server.fail("mitdb/100.dat", silent);
      DownloadOptions impatient =
          new DownloadOptions(
              Optional.of(server.address("mitdb/")),
              1,
              20,
              Duration.ofMillis(1),
              Duration.ofMillis(300),
              false);
      DatasetDownload.into(folder, PublicDataset.MITDB, impatient, lines::add);
      end.countDown();
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
    }
  }

  @Nested
  class WrongContent {
    @Test
    void isFetchedOnceMore() throws IOException {
      publish("100.dat");
      server.fail("mitdb/100.dat", TestServer.other(random(5000)));
      fetch();
      assertThat(folder.resolve("100.dat")).hasBinaryContent(CONTENT);
    }

    @Test
    void isRefusedWhenItStaysWrong() {
      publish("100.dat");
      byte[] wrong = random(5000);
      server.put("mitdb/100.dat", wrong);
      assertThatThrownBy(() -> fetch())
          .isInstanceOf(DownloadException.class)
          .hasMessageContaining("mitdb/100.dat: SHA-256 is " + FileHash.sha256(wrong))
          .hasMessageContaining("expected " + FileHash.sha256(CONTENT));
      assertThat(folder.resolve("100.dat")).doesNotExist();
    }
  }

  @Nested
  class Refusals {
    @Test
    void aFileThatIsGoneIsNotTriedAgain() {
      publish("100.dat");
      server.fail("mitdb/100.dat", TestServer.status(404));
      assertThatThrownBy(() -> fetch())
          .hasMessageContaining("mitdb/100.dat: the server answers 404 (it has no such file)");
      assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aLoginIsNamedAsSuch() {
      publish("100.dat");
      server.fail("mitdb/100.dat", TestServer.status(403));
      assertThatThrownBy(() -> fetch())
          .hasMessageContaining("answers 403 (it asks for a login or a signed agreement)");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
      server.close();
      assertThatThrownBy(() -> fetch())
          .isInstanceOf(DownloadException.class)
          .hasMessageContaining("SHA256SUMS.txt: the server cannot be reached")
          .hasMessageContaining("after 3 attempts");
    }

    @Test
    void whatNeedsAPersonSaysWhatToDo() {
      assertThatThrownBy(
              () ->
                  DatasetDownload.into(
                      folder, PublicDataset.NINAPRO_DB6, DownloadOptions.DEFAULT, lines::add))
          .hasMessageContaining("https://ninapro.hevs.ch/")
          .hasMessageContaining("register there");
    }
  }

  @Nested
  class OtherPublishers {
    @Test
    void zenodoTellsFilesAndMd5() throws IOException {
      Path sample = Files.write(folder.resolve("sample"), CONTENT);
      String md5 = Checksum.md5("0".repeat(32)).of(sample);
      server.put("s1.zip/content", CONTENT);
      server.put(
          "record",
          ("{\"files\": [{\"key\": \"s1.zip\", \"checksum\": \"md5:"
                  + md5
                  + "\", \"links\": {\"self\": \""
                  + server.address("s1.zip/content")
                  + "\"}}, {\"key\": \"readme.txt\", \"checksum\": \"md5:"
                  + md5
                  + "\", \"links\": {\"self\": \"http://127.0.0.1/never\"}}]}")
              .getBytes(StandardCharsets.UTF_8));
      DatasetDownload.into(
          folder, PublicDataset.NINAPRO_DB5, options(server.address("record")), lines::add);
      assertThat(folder.resolve("s1.zip")).hasBinaryContent(CONTENT);
      assertThat(folder.resolve("readme.txt")).doesNotExist();
    }

    @Test
    void oneFileGoesToItsPath() throws IOException {
      server.put("emg.zip", CONTENT);
      Path target = folder.resolve("data/gestures.zip");
      DatasetDownload.into(
          target, PublicDataset.UCI_EMG, options(server.address("emg.zip")), lines::add);
      assertThat(target).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void aCommandFetchesAndPrepares() throws IOException {
    Path source = SmallDatasets.mimic(folder.resolve("source"), 4);
    StringBuilder sums = new StringBuilder();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = source.relativize(file).toString().replace('\\', '/');
        byte[] content = Files.readAllBytes(file);
        server.put("mirror/" + name, content);
        sums.append(FileHash.sha256(content)).append(' ').append(name).append('\n');
      }
    }
    server.put("mirror/SHA256SUMS.txt", sums.toString().getBytes(StandardCharsets.UTF_8));
    server.fail("mirror/record_list.csv", TestServer.cutAfter(50));
    StringWriter err = new StringWriter();
    int code =
        CommandRunner.run(
            new PrepareCommand(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "mimic-iv-ecg",
            folder.resolve("fetched").toString(),
            "--download",
            "--download-url=" + server.address("mirror"),
            "--output_dir=" + folder.resolve("prepared"));
    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("fetched/record_list.csv"))
        .hasSameBinaryContentAs(source.resolve("record_list.csv"));
    assertThat(folder.resolve("prepared")).isDirectoryContaining("glob:**/train.h5");
  }

  @Test
  void pausesGrowToAMinute() {
    DownloadOptions options = DownloadOptions.DEFAULT;
    assertThat(options.pause(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.pause(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(options.pause(40)).isEqualTo(Duration.ofSeconds(60));
  }
}
