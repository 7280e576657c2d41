package io.physiowave.training.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes windows one after the other into an HDF5 file of the published layout: {@code data} {@code
 * (N, C, T)} float32, {@code label} {@code (N)} or {@code (N, K)} int32, {@code group} {@code (N)}
 * int32.
 *
 * <p>Samples go straight to the file, labels and groups into two files beside it, so that memory
 * holds a few buffers however many windows there are. The file stands under its name when {@link
 * #finish} has returned, and never half-written:
 *
 * <pre>{@code
 * try (WindowFileWriter writer = WindowFileWriter.create(file, 2, 512)) {
 *   writer.append(window, label, group);
 *   writer.finish();
 * }
 * }</pre>
 *
 * <p>What was added before {@link #sync} outlives the process, and {@link #resume} goes on there.
 */
public final class WindowFileWriter implements AutoCloseable {
  private static final int BUFFERED_BYTES = 1 << 20;

  /** Columns of {@code label} when windows have no labels. */
  public static final int UNLABELLED = -1;

  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private final int rows;
  private final int samples;
  private final ByteBuffer buffer;
  private final IntColumnFile labels;
  private final IntColumnFile groups;
  private int labelColumns;
  private int windows;
  private boolean synced;
  private boolean finished;

  private WindowFileWriter(
      Path target, FileChannel channel, IntColumnFile labels, IntColumnFile groups, Shape shape) {
    this.target = target;
    this.partial = partialOf(target);
    this.channel = channel;
    this.labels = labels;
    this.groups = groups;
    this.rows = shape.rows;
    this.samples = shape.samples;
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
    WindowFileWriter writer = open(target, new Shape(rows, samples));
    try {
      writer.truncate(0, 0);
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Goes on with a file that was not finished.
   *
   * @param target its final name
   * @param rows rows C of each window
   * @param samples samples T of each row
   * @param windows windows to keep, at most as many as at the last {@link #sync}; later ones go
   * @param labelColumns as {@link #labelColumns} said then
   * @throws IOException if what was there is shorter or gone
   */
  public static WindowFileWriter resume(
      Path target, int rows, int samples, int windows, int labelColumns) throws IOException {
    if (!isUnfinished(target)) {
      throw new IOException(
          partialOf(target) + ": no such file; expected " + windows + " windows to go on with");
    }
    WindowFileWriter writer = open(target, new Shape(rows, samples));
    // Whatever happens now, what was kept before stays.
    writer.synced = true;
    try {
      writer.truncate(windows, labelColumns);
      return writer;
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** Whether a file of this name was begun and neither finished nor given up. */
  public static boolean isUnfinished(Path target) {
    return Files.isRegularFile(partialOf(target));
  }

  /** Takes away what is left of a file that was begun and not finished. */
  public static void discard(Path target) throws IOException {
    Files.deleteIfExists(partialOf(target));
    Files.deleteIfExists(columnOf(target, WindowFile.LABEL));
    Files.deleteIfExists(columnOf(target, WindowFile.GROUP));
  }

  private record Shape(int rows, int samples) {}

  private static WindowFileWriter open(Path target, Shape shape) throws IOException {
    if (shape.rows < 1 || shape.samples < 1) {
      throw new IllegalArgumentException(
          target
              + ": windows of "
              + shape.rows
              + " x "
              + shape.samples
              + "; expected at least 1 x 1");
    }
    List<FileChannel> open = new ArrayList<>();
    try {
      for (Path file :
          List.of(
              partialOf(target),
              columnOf(target, WindowFile.LABEL),
              columnOf(target, WindowFile.GROUP))) {
        open.add(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
      }
      return new WindowFileWriter(
          target,
          open.get(0),
          new IntColumnFile(open.get(1)),
          new IntColumnFile(open.get(2)),
          shape);
    } catch (IOException | RuntimeException e) {
      for (FileChannel channel : open) {
        channel.close();
      }
      throw e;
    }
  }

  private static Path partialOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".partial");
  }

  private static Path columnOf(Path target, String column) {
    return target.resolveSibling(target.getFileName() + "." + column + ".partial");
  }

  /**
   * Takes the last windows off again.
   *
   * @param count windows to keep, at most {@link #windows}
   */
  public void truncate(int count) throws IOException {
    if (count > windows) {
      throw new IllegalArgumentException(
          target + ": cannot keep " + count + " of " + windows + " windows");
    }
    flush();
    truncate(count, labelColumns);
  }

  private void truncate(int count, int columns) throws IOException {
    long end = HdfStructure.SUPERBLOCK_BYTES + (long) count * rows * samples * Float.BYTES;
    if (count > 0 && channel.size() < end) {
      throw new IOException(
          partial + ": holds " + channel.size() + " bytes; expected " + end + " to go on with");
    }
    // Cut before writing on: headers of an end that was not reached may follow the samples.
    channel.truncate(end);
    channel.position(end);
    labels.truncate(columns == UNLABELLED ? 0 : (long) count * Math.max(1, columns));
    groups.truncate(count);
    windows = count;
    labelColumns = columns;
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

  /** Labels of each window: 0 for one class, {@link #UNLABELLED} for none at all. */
  public int labelColumns() {
    return labelColumns;
  }

  /** Makes what was added so far outlive this process; a later {@link #close} leaves it. */
  public void sync() throws IOException {
    flush();
    channel.force(false);
    labels.sync();
    groups.sync();
    synced = true;
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
    long labelAddress = channel.position();
    labels.transferTo(channel);
    long groupAddress = channel.position();
    groups.transferTo(channel);
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
    labels.close();
    groups.close();
    discard(target);
  }

  private void flush() throws IOException {
    try {
      write(buffer.flip());
    } catch (IOException e) {
      // The system names no file, and a full disk is what mostly ends a long preparation.
      throw new IOException(partial + ": " + e.getMessage(), e);
    }
    buffer.clear();
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

  /** Gives up a file that was not finished; nothing of it remains unless it was synced. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      channel.close();
      labels.close();
      groups.close();
      if (!synced) {
        discard(target);
      }
    }
  }
}
