package io.physiowave.training.checkpoint;

import io.physiowave.training.model.WeightTensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A file of {@code torch.save}: a zip archive with one pickle and an entry per storage. */
final class TorchArchive implements AutoCloseable {
  private static final String PICKLE = "/data.pkl";
  private static final int LARGEST_PICKLE = 1 << 28;
  private static final int LARGEST_WORD = 64;

  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private final Path file;
  private final ZipFile zip;
  private final String prefix;
  private final ByteOrder byteOrder;

  private TorchArchive(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    prefix =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
            .map(name -> name.substring(0, name.length() - PICKLE.length()))
            .findFirst()
            .orElseThrow(() -> fault("the zip archive holds no data.pkl, as torch.save writes"));
    ZipEntry order = zip.getEntry(prefix + "/byteorder");
    boolean big =
        order != null
            && new String(bytes(order, LARGEST_WORD), StandardCharsets.US_ASCII)
                .strip()
                .equals("big");
    byteOrder = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  static TorchArchive open(Path file) throws IOException {
    requireFile(file);
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException notZip) {
      throw new CheckpointFormatException(
          file
              + ": not a zip archive, as torch.save has written since PyTorch 1.6; load and save"
              + " an older file once with a newer PyTorch ("
              + notZip.getMessage()
              + ")",
          notZip);
    }
    try {
      return new TorchArchive(file, zip);
    } catch (IOException failed) {
      zip.close();
      throw failed;
    }
  }

  /** Whether a file is one of torch's: a zip archive with a pickle in its only folder. */
  static boolean isOne(Path file) throws IOException {
    requireFile(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().anyMatch(entry -> entry.getName().endsWith(PICKLE));
    } catch (ZipException notZip) {
      return false;
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CheckpointFormatException(file + ": is a directory; expected a checkpoint");
    }
  }

  /** The pickled value, as {@link Unpickler} gives it. */
  Object value() throws IOException {
    ZipEntry entry = zip.getEntry(prefix + PICKLE);
    if (entry.getSize() > LARGEST_PICKLE) {
      throw fault("data.pkl of " + entry.getSize() + " bytes is larger than any model needs");
    }
    try {
      return Unpickler.read(bytes(entry, LARGEST_PICKLE));
    } catch (PickleException malformed) {
      throw new CheckpointFormatException(
          file + ": data.pkl: " + malformed.getMessage(), malformed);
    }
  }

  /** The values of a tensor, row-major. */
  WeightTensor tensor(String name, TensorReference tensor) throws IOException {
    StorageReference storage = tensor.storage();
    try {
      StorageType type = StorageType.named(storage.type());
      ZipEntry entry = zip.getEntry(prefix + "/data/" + storage.key());
      if (entry == null) {
        throw new PickleException("its values data/" + storage.key() + " are not in the archive");
      }
      if (entry.getSize() / type.size() != storage.count() || entry.getSize() > MOST_BYTES) {
        throw new PickleException(
            "data/"
                + storage.key()
                + " has "
                + entry.getSize()
                + " bytes; expected "
                + storage.count()
                + " values of "
                + type.size()
                + " bytes, and 2 GiB at most");
      }
      byte[] values = bytes(entry, (int) entry.getSize());
      return new WeightTensor(
          tensor.shape(), tensor.read(ByteBuffer.wrap(values).order(byteOrder)));
    } catch (PickleException malformed) {
      throw new CheckpointFormatException(
          file + ": tensor " + name + ": " + malformed.getMessage(), malformed);
    }
  }

  /** What an entry holds; its announced size is not relied on, its checksum is compared. */
  private byte[] bytes(ZipEntry entry, int most) throws IOException {
    byte[] bytes;
    try (InputStream content = zip.getInputStream(entry)) {
      bytes = content.readNBytes(most);
      if (content.read() >= 0) {
        throw fault("entry " + entry.getName() + " has more than " + most + " bytes");
      }
    } catch (ZipException | EOFException damaged) {
      throw new CheckpointFormatException(
          file + ": entry " + entry.getName() + " is damaged: " + damaged.getMessage(), damaged);
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (checksum.getValue() != entry.getCrc()) {
      throw fault(
          "entry "
              + entry.getName()
              + " is damaged: its checksum is "
              + Long.toHexString(checksum.getValue())
              + ", the archive says "
              + Long.toHexString(entry.getCrc())
              + " (or torch.save was told to compute none: save it once more with them)");
    }
    return bytes;
  }

  private CheckpointFormatException fault(String what) {
    return new CheckpointFormatException(file + ": " + what);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
