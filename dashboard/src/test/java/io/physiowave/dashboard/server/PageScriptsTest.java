package io.physiowave.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page's scripts compute, asked of Node. Skipped where there is none. */
class PageScriptsTest {
  @TempDir private Path directory;

  @Test
  void labelsThatComeAgainCountOnce() throws Exception {
    assertThat(
            run(
                List.of("labels.js"),
                """
                import { merged } from './labels.js';
                const beats = (...at) => at.map((beat) => ({ beat, start: beat - 90, end: beat + 90 }));
                const shown = merged(beats(100, 300, 500), beats(300, 500, 700));
                console.log(shown.map((label) => label.beat).join());
                """))
        .isEqualTo("100,300,500,700");
  }

  @Test
  void windowsWithoutABeatAreInTheOrderOfTheirEnds() throws Exception {
    assertThat(
            run(
                List.of("labels.js"),
                """
                import { merged } from './labels.js';
                const windows = (...ends) => ends.map((end) => ({ start: end - 90, end }));
                console.log(merged(windows(200, 100), windows(150, 100)).map((label) => label.end).join());
                """))
        .isEqualTo("100,150,200");
  }

  @Test
  void theTraceComesBackFromAWrongIndex() throws Exception {
    assertThat(
            run(
                List.of("trace.js"),
                """
                import { Trace } from './trace.js';
                const trace = new Trace('ECG', ['MLII']);
                trace.add({ first: 2 ** 39, microvolts: [7, 7] });
                trace.add({ first: 100, microvolts: [1, 2] });
                trace.add({ first: 90, microvolts: [0, 0] });
                console.log(trace.newest);
                """))
        .isEqualTo("101");
  }

  @Test
  void aPageThatIsOneTooManySaysSoAndDoesNotHurry() throws Exception {
    assertThat(
            run(
                List.of("connection.js"),
                """
                import { Connection } from './connection.js';
                const said = [];
                globalThis.location = { protocol: 'http:', host: 'here' };
                globalThis.WebSocket = class { static OPEN = 1; };
                globalThis.setTimeout = (task, millis) => said.push(millis);
                const connection = new Connection(() => {}, (state) => said.push(state));
                connection.socket.onopen();
                connection.socket.onclose({ code: 1013 });
                connection.socket.onopen();
                connection.socket.onclose({ code: 1006 });
                console.log(said.join());
                """))
        .isEqualTo("open,refused,5000,open,lost,500");
  }

  private String run(List<String> scripts, String script) throws Exception {
    assumeThat(isThere()).as("node is installed").isTrue();
    for (String name : scripts) {
      Files.copy(Path.of("src/main/web", name), directory.resolve(name));
    }
    Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
    Files.writeString(directory.resolve("test.js"), script);
    Path out = directory.resolve("out.txt");
    Process node =
        new ProcessBuilder("node", "test.js")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    node.waitFor();
    return Files.readString(out).strip();
  }

  private static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
