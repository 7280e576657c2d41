package io.physiowave.streaming.assemble;

import static io.physiowave.streaming.testing.TestSignals.arrived;
import static io.physiowave.streaming.testing.TestSignals.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.core.card.Decision;
import io.physiowave.core.frame.RejectionReason;
import io.physiowave.streaming.decode.ArrivedFrame;
import io.physiowave.streaming.model.AssignedWindow;
import io.physiowave.streaming.model.WindowPlans;
import io.physiowave.streaming.testing.TestModels;
import io.physiowave.streaming.types.TopicRecord;
import io.physiowave.streaming.types.TopicRecordSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state is copied field by field, saved and restored byte by byte: both must know all of it. */
class AssemblyStateTest {
  @TempDir private Path directory;
  private WindowPlans plans;
  private final List<AssignedWindow> windows = new ArrayList<>();

  @BeforeEach
  void models() throws Exception {
    plans = new WindowPlans(TestModels.catalogue(directory, TestModels.emg(Decision.ARG_MAX)));
  }

  private void accept(AssemblyState state, int first) {
    assembly(state).accept(arrived(frame("arm", "second", first, 40, false)));
  }

  private StreamAssembly assembly(AssemblyState state) {
    return new StreamAssembly(state, plans, AssemblerHarness.OPTIONS, new Windows());
  }

  /** No field has the value that it begins with. */
  private AssemblyState eventful() {
    AssemblyState state = new AssemblyState();
    assembly(state).accept(arrived(frame("arm", "first", 0, 40, true)));
    accept(state, 0);
    accept(state, 80);
    assembly(state).giveUpNow();
    accept(state, 200);
    state.lastSeenMillis = 1;
    state.waitTimerMillis = 2;
    state.idleTimerMillis = 3;
    state.waitTimerSample = 4;
    state.surplusSeconds = 5;
    state.surplusMillis = 6;
    state.ended = true;
    return state;
  }

  private static byte[] saved(AssemblyState state) throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(1_000);
    AssemblyStateSerializer.INSTANCE.serialize(state, bytes);
    return bytes.getCopyOfBuffer();
  }

  @Test
  void aCopySavesTheSameBytes() throws IOException {
    AssemblyState state = eventful();

    assertThat(saved(AssemblyStateSerializer.INSTANCE.copy(state))).isEqualTo(saved(state));
  }

  @Test
  void aCopyGoesItsOwnWay() throws IOException {
    AssemblyState state = eventful();
    state.ended = false;
    AssemblyState copy = AssemblyStateSerializer.INSTANCE.copy(state);
    byte[] before = saved(copy);

    accept(state, 120);
    accept(state, 160);
    accept(state, 400);
    List<float[]> ofOriginal = inputs();
    assertThat(saved(copy)).isEqualTo(before);

    windows.clear();
    accept(copy, 120);
    accept(copy, 160);
    accept(copy, 400);
    assertThat(inputs()).isNotEmpty();
    assertThat(ofOriginal)
        .usingRecursiveFieldByFieldElementComparator()
        .endsWith(inputs().toArray(float[][]::new));
    assertThat(saved(copy)).isEqualTo(saved(state));
  }

  /** Saved by the version before, after the same frames. */
  @Test
  void aStateSavedInTheFourthFormGoesOnAsIfItNeverHadBeen() throws IOException {
    AssemblyState state = eventful();
    state.ended = false;
    AssemblyState before;
    try (InputStream bytes = AssemblyStateTest.class.getResourceAsStream("state-4.bin")) {
      before = AssemblyState.readFrom(new DataInputDeserializer(bytes.readAllBytes()));
    }
    assertThat(saved(before)).isEqualTo(saved(state));
    assertThat(before.givenUp).isNotEqualTo(GivenUp.NONE);

    windows.clear();
    accept(state, 120);
    accept(state, 160);
    List<float[]> ofOriginal = inputs();
    windows.clear();
    accept(before, 120);
    accept(before, 160);
    assertThat(inputs())
        .isNotEmpty()
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(ofOriginal);
    assertThat(saved(before)).isEqualTo(saved(state));
  }

  @Test
  void aWaitingFrameThatThisVersionRefusesIsLeftOut() throws IOException {
    TopicRecord known = arrived(frame("arm", "s", 40, 40, false)).record();
    byte[] key = known.key();
    DataOutputSerializer bytes = new DataOutputSerializer(1_000);
    bytes.writeInt(3);
    TopicRecordSerializer.INSTANCE.serialize(known, bytes);
    TopicRecordSerializer.INSTANCE.serialize(new TopicRecord(key, key, 0, 1, 2), bytes);
    ArrivedFrame last = arrived(frame("arm", "s", 80, 40, false));
    TopicRecordSerializer.INSTANCE.serialize(last.record(), bytes);

    FrameBuffer restored = FrameBuffer.readFrom(new DataInputDeserializer(bytes.getCopyOfBuffer()));

    assertThat(restored.size()).isEqualTo(2);
    assertThat(restored.removeFirst().frame().firstSampleIndex()).isEqualTo(40);
    assertThat(restored.removeFirst().record().value()).isEqualTo(last.record().value());
  }

  private List<float[]> inputs() {
    return windows.stream().map(window -> window.window().input()).toList();
  }

  private final class Windows implements AssemblyListener {
    @Override
    public void window(AssignedWindow window) {
      windows.add(window);
    }

    @Override
    public void atWrongRate() {}

    @Override
    public void lost(long samples) {}

    @Override
    public void duplicate(ArrivedFrame frame) {}

    @Override
    public void late(ArrivedFrame frame, String why) {}

    @Override
    public void early() {}

    @Override
    public void rejected(TopicRecord record, RejectionReason reason, String message) {
      throw new AssertionError(message);
    }

    @Override
    public long nowMicros() {
      return 0;
    }
  }
}
