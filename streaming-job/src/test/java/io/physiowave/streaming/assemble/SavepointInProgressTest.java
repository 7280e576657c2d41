package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.testing.TestSignals;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that go on while Flink writes down what they were when a savepoint began. */
class SavepointInProgressTest {
  @TempDir Path directory;

  private void holdsWhatWasWhenItBegan(AssemblerHarness assembler) throws Exception {
    List<SignalFrame> session = TestSignals.session("arm", "s", 1_200, 37);
    int half = session.size() / 2;
    send(assembler, session.subList(0, half));
    // Before this one, so that the stream is known to the backend.
    assembler.restartFrom(assembler.beginSavepoint());
    send(assembler, session.subList(half, half + 3));

    OperatorSnapshotFutures savepoint = assembler.beginSavepoint();
    int before = assembler.windows().size();
    send(assembler, session.subList(half + 3, session.size()));
    List<SignalWindow> gone = List.copyOf(assembler.windows());
    assembler.restartFrom(savepoint);
    send(assembler, session.subList(half + 3, session.size()));

    List<SignalWindow> again = assembler.windows().subList(gone.size(), assembler.windows().size());
    assertThat(starts(again)).isEqualTo(starts(gone.subList(before, gone.size()))).isNotEmpty();
    assembler.close();
  }

  private static void send(AssemblerHarness assembler, List<SignalFrame> frames) throws Exception {
    for (SignalFrame frame : frames) {
      assembler.accept(arrived(frame));
    }
  }

  private static List<Long> starts(List<SignalWindow> windows) {
    return windows.stream().map(SignalWindow::startSample).toList();
  }

  @Test
  void onTheHeap() throws Exception {
    holdsWhatWasWhenItBegan(new AssemblerHarness(directory));
  }

  @Test
  void inRocksDb() throws Exception {
    AssemblerHarness usual = new AssemblerHarness(directory);
    usual.close();
    holdsWhatWasWhenItBegan(usual.onRocksDb());
  }

  @Test
  void onTheHeapWithAChangelogAround() throws Exception {
    AssemblerHarness usual = new AssemblerHarness(directory);
    usual.close();
    holdsWhatWasWhenItBegan(usual.onChangelog());
  }
}
