package io.physiowave.streaming.infer;

import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.window.SignalWindow;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.model.WindowCalibration;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Windows gathered for one call, in the order in which they came, and the direct buffer that holds
 * their samples. Bad windows keep their place in the order but take no place in the buffer.
 */
final class WindowBatch {
  private final ServedModel model;
  private final int inputSize;
  private final SignalWindow[] windows;
  private final WindowRole[] roles;
  private final WindowCalibration[] calibrations;
  private final int[] slots;

  /** Null before there is room. */
  private FloatBuffer inputs;

  private int count;
  private int asked;
  private boolean serves;
  private boolean owesLabels;
  private boolean hasWaited;
  private long openings;
  private long openedNanos;

  /**
   * An empty batch without room for samples.
   *
   * @param model what it is for
   * @param capacity most windows
   */
  WindowBatch(ServedModel model, int capacity) {
    this.model = model;
    inputSize = inputSize(model);
    windows = new SignalWindow[capacity];
    roles = new WindowRole[capacity];
    calibrations = new WindowCalibration[capacity];
    slots = new int[capacity];
  }

  /**
   * Makes the room for samples, unless it is there.
   *
   * @throws ModelRefusedException when it is too large for this process
   */
  void makeRoom() {
    if (inputs == null) {
      inputs = buffer(model, windows.length);
    }
  }

  /** Floats a window. */
  static int inputSize(ServedModel model) {
    return model.card().inputRows() * model.card().windowSamples();
  }

  /**
   * A direct buffer of zeros, as a model takes it.
   *
   * @param windows most windows
   * @throws ModelRefusedException when it is too large for this process: that is no fault of the
   *     machine, which would fail the task again and again, but of the model and the options
   */
  static FloatBuffer buffer(ServedModel model, int windows) {
    long bytes = (long) windows * inputSize(model) * Float.BYTES;
    try {
      return ByteBuffer.allocateDirect(Math.toIntExact(bytes))
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    } catch (ArithmeticException | OutOfMemoryError e) {
      throw new ModelRefusedException(
          model
              + ": a batch of "
              + windows
              + " windows takes "
              + bytes
              + " bytes outside the heap, which cannot be had; lower inference.max-batch, or give the"
              + " process more of them (taskmanager.memory.task.off-heap.size; no batch has 2 GB)",
          e);
    }
  }

  /**
   * Adds a window, copying its samples where there is room: without, the model is not asked.
   *
   * @param calibration what the wearer's calibration says of it to this model
   * @param role what becomes of the answer
   * @param onTrial whether the model is on trial for the window's stream
   * @throws IllegalArgumentException when it is not of the model's size
   */
  void add(SignalWindow window, WindowCalibration calibration, WindowRole role, boolean onTrial) {
    if (count == 0) {
      openings++;
      openedNanos = System.nanoTime();
    }
    if (window.quality().level() == QualityLevel.BAD) {
      slots[count] = -1;
    } else {
      if (inputs != null) {
        copy(window);
      }
      slots[count] = asked++;
    }
    serves |= !onTrial;
    owesLabels |= role != WindowRole.SHADOWS;
    roles[count] = role;
    calibrations[count] = calibration;
    windows[count++] = window;
  }

  private void copy(SignalWindow window) {
    if (window.input().length != inputSize) {
      throw new IllegalArgumentException(
          "a window of stream "
              + window.streamId()
              + " holds "
              + window.input().length
              + " values; the model expects "
              + inputSize);
    }
    inputs.put(asked * inputSize, window.input());
  }

  /** Windows in it. */
  int count() {
    return count;
  }

  /** Windows that are put to the model. */
  int asked() {
    return asked;
  }

  /** Whether the model is more than on trial for some window. */
  boolean serves() {
    return serves;
  }

  /** Whether the answer to some window is a label. */
  boolean owesLabels() {
    return owesLabels;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == windows.length;
  }

  SignalWindow window(int index) {
    return windows[index];
  }

  /** What becomes of the answer to a window. */
  WindowRole role(int index) {
    return roles[index];
  }

  /** What the wearer's calibration says of a window. */
  WindowCalibration calibration(int index) {
    return calibrations[index];
  }

  /** Row of a window in the model's answer, or -1 when it was not asked. */
  int slot(int index) {
    return slots[index];
  }

  /** How often a first window was added, which tells this filling from those before. */
  long openings() {
    return openings;
  }

  /** Its first window has waited long enough for company. */
  void endWait() {
    hasWaited = true;
  }

  /** Whether it is to leave as soon as the model is free. */
  boolean isDue() {
    return hasWaited || isFull();
  }

  /** When the first window was added, on the clock of {@link System#nanoTime()}. */
  long openedNanos() {
    return openedNanos;
  }

  /** The samples of the windows asked, row after row. */
  FloatBuffer inputs() {
    return inputs.duplicate().limit(asked * inputSize);
  }

  /** Empties it, for reuse. */
  void clear() {
    for (int i = 0; i < count; i++) {
      windows[i] = null;
      calibrations[i] = null;
    }
    count = 0;
    asked = 0;
    hasWaited = false;
    serves = false;
    owesLabels = false;
  }
}
