package io.physiowave.training.report;

import com.google.protobuf.CodedOutputStream;
import io.physiowave.training.run.AtomicFile;
import io.physiowave.training.run.TrainingHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The figures of a training as TensorBoard reads them: one scalar for each figure and epoch, whose
 * step is the number of epochs that have passed.
 *
 * <p>The file is a sequence of TFRecords (length, checksum, data, checksum; little-endian, CRC-32C
 * masked as <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TensorFlow
 * documents</a>), each an {@code Event} message of {@code event.proto}. The only library on Maven
 * Central that writes them is TensorFlow itself.
 */
final class ScalarEvents {
  /** TensorBoard shows every file with {@code tfevents} in its name. */
  static final String FILE_NAME = "events.out.tfevents.physiowave";

  private static final String VERSION = "brain.Event:2";
  private static final int MASK_DELTA = 0xa282ead8;

  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private ScalarEvents() {}

  /**
   * Adds the last epoch to the file of a folder, which the first epoch begins anew.
   *
   * @param history with an epoch or more
   * @param now when the epoch ended
   */
  static void add(TrainingHistory history, Path folder, Instant now) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    double seconds = now.toEpochMilli() / 1000.0;
    boolean begins = history.epochs() == 1 || !Files.exists(file);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(begins ? record(version(seconds)) : Files.readAllBytes(file));
    for (int epoch = begins ? 1 : history.epochs(); epoch <= history.epochs(); epoch++) {
      bytes.write(record(scalars(history, epoch, seconds)));
    }
    AtomicFile.write(file, out -> out.write(bytes.toByteArray()));
  }

  private static byte[] version(double seconds) throws IOException {
    return message(
        out -> {
          out.writeDouble(EVENT_WALL_TIME, seconds);
          out.writeString(EVENT_FILE_VERSION, VERSION);
        });
  }

  private static byte[] scalars(TrainingHistory history, int epoch, double seconds)
      throws IOException {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, List<Double>> column : history.columns().entrySet()) {
                double value = column.getValue().get(epoch - 1);
                if (Double.isFinite(value)) {
                  out.writeByteArray(SUMMARY_VALUE, scalar(column.getKey(), value));
                }
              }
            });
    return message(
        out -> {
          out.writeDouble(EVENT_WALL_TIME, seconds);
          out.writeInt64(EVENT_STEP, epoch);
          out.writeByteArray(EVENT_SUMMARY, summary);
        });
  }

  private static byte[] scalar(String name, double value) throws IOException {
    return message(
        out -> {
          out.writeString(VALUE_TAG, name);
          out.writeFloat(VALUE_SIMPLE, (float) value);
        });
  }

  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] record(byte[] data) {
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    return littleEndian(length.length + data.length + 2 * Integer.BYTES)
        .put(length)
        .putInt(maskedChecksum(length))
        .put(data)
        .putInt(maskedChecksum(data))
        .array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int maskedChecksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
  }
}
