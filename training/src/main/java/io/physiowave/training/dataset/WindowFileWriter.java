package io.physiowave.training.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes windows one after the other into an HDF5 file of the published layout: {@code data} {@code
 * (N, C, T)} float32, {@code label} {@code (N)} or {@code (N, K)} int32, {@code group} {@code (N)}
 * int32.
 *
 * <p>Samples go straight to the file; memory holds the labels and groups only, 8 bytes a window.
 * The file stands under its name when {@link #finish} has returned, and never half-written:
 *
 * <pre>{@code
 * try (WindowFileWriter writer = WindowFileWriter.create(file, 2, 512)) {
 *   writer.append(window, label, group);
 *   writer.finish();
 * }
 * }</pre>
 */
public final class WindowFileWriter implements AutoCloseable {
  private static final int BUFFERED_BYTES = 1 << 20;
  private static final int UNLABELLED = -1;

  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private final int rows;
  private final int samples;
  private final ByteBuffer buffer;
  private final IntColumn labels = new IntColumn();
  private final IntColumn groups = new IntColumn();
  private int labelColumns;
  private int windows;
  private boolean finished;

  private WindowFileWriter(Path target, Path partial, FileChannel channel, int rows, int samples) {
    this.target = target;
    this.partial = partial;
    this.channel = channel;
    this.rows = rows;
    this.samples = samples;
    int bytes = Math.multiplyExact(Math.multiplyExact(rows, samples), Float.BYTES);
    buffer =
        ByteBuffer.allocateDirect(Math.max(bytes, BUFFERED_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Begins a file.
   *
   * @param target its final name; replaced when it exists
   * @param rows rows C of each window, at least 1
   * @param samples samples T of each row, at least 1
   * @throws IOException if the folder cannot be written
   */
  public static WindowFileWriter create(Path target, int rows, int samples) throws IOException {
    if (rows < 1 || samples < 1) {
      throw new IllegalArgumentException(
          target + ": windows of " + rows + " x " + samples + "; expected at least 1 x 1");
    }
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    channel.position(HdfStructure.SUPERBLOCK_BYTES);
    return new WindowFileWriter(target, partial, channel, rows, samples);
  }

  /**
   * Adds a window of one class.
   *
   * @param window row-major {@code [rows][samples]}
   * @param label its class, 0 or more
   * @param group the record or subject it comes from
   */
  public void append(float[] window, int label, int group) throws IOException {
    append(window, new int[] {label}, group, 0);
  }

  /**
   * Adds a window of several labels.
   *
   * @param window row-major {@code [rows][samples]}
   * @param present 1 for each label that holds and 0 for each that does not
   * @param group the record or subject it comes from
   */
  public void append(float[] window, int[] present, int group) throws IOException {
    append(window, present, group, present.length);
  }

  /**
   * Adds a window without labels; then none of the file's windows has any.
   *
   * @param window row-major {@code [rows][samples]}
   * @param group the record or subject it comes from
   */
  public void append(float[] window, int group) throws IOException {
    append(window, new int[0], group, UNLABELLED);
  }

  private void append(float[] window, int[] values, int group, int columns) throws IOException {
    if (windows == 0) {
      labelColumns = columns;
    }
    if (window.length != rows * samples || columns != labelColumns) {
      throw new IllegalArgumentException(
          target
              + ": a window of "
              + window.length
              + " samples and "
              + columns
              + " labels; expected "
              + rows * samples
              + " and "
              + labelColumns);
    }
    if (buffer.remaining() < window.length * Float.BYTES) {
      flush();
    }
    buffer.asFloatBuffer().put(window);
    buffer.position(buffer.position() + window.length * Float.BYTES);
    for (int value : values) {
      labels.add(value);
    }
    groups.add(group);
    windows++;
  }

  /** Windows added so far. */
  public int windows() {
    return windows;
  }

  /**
   * Completes the file and gives it its name.
   *
   * @throws IOException if the disk is full or the name cannot be given; then nothing stands under
   *     the final name that was not there before
   */
  public void finish() throws IOException {
    flush();
    long dataAddress = HdfStructure.SUPERBLOCK_BYTES;
    long labelAddress = writeInts(labels);
    long groupAddress = writeInts(groups);
    long count = windows;
    long[] labelShape = labelColumns > 0 ? new long[] {count, labelColumns} : new long[] {count};
    Map<String, Long> headers = new LinkedHashMap<>();
    headers.put(
        WindowFile.DATA,
        write(HdfStructure.dataset(new float[1], new long[] {count, rows, samples}, dataAddress)));
    if (labelColumns != UNLABELLED) {
      headers.put(
          WindowFile.LABEL, write(HdfStructure.dataset(new int[1], labelShape, labelAddress)));
    }
    headers.put(
        WindowFile.GROUP,
        write(HdfStructure.dataset(new int[1], new long[] {count}, groupAddress)));
    long root = write(HdfStructure.rootGroup(headers));
    // Written last: a file that was cut off has no signature and is no HDF5 file.
    writeFully(HdfStructure.superblock(root, channel.position()), 0);
    channel.force(true);
    channel.close();
    Files.move(
        partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
  }

  private void flush() throws IOException {
    write(buffer.flip());
    buffer.clear();
  }

  private long writeInts(IntColumn column) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(column.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(column.toArray());
    return write(bytes);
  }

  /** Appends and returns the address. */
  private long write(ByteBuffer bytes) throws IOException {
    long address = channel.position();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return address;
  }

  private void writeFully(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** Gives up a file that was not finished; nothing of it remains. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      channel.close();
      Files.deleteIfExists(partial);
    }
  }

  /** Integers that grow in number. */
  private static final class IntColumn {
    private int[] values = new int[1024];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
      }
      values[size++] = value;
    }

    int size() {
      return size;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
