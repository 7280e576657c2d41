package io.physiowave.core.dsp;

import io.physiowave.core.score.BeatAnnotation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A record of the MIT-BIH Arrhythmia Database, read as far as these tests need it: two signals in
 * format 212 at 200 steps a millivolt, and beat annotations.
 */
public record MitBihRecord(String name, float[][] millivolts, List<BeatAnnotation> annotations) {
  public static final double RATE = 360;

  private static final String CODES =
      "N L R a V F J A S E j / Q ~ . | . s T * D \" = p B ^ t + u ? ! [ ] e n @ x f ( ) r";

  /** The records at hand; the test is skipped when there are none. */
  public static List<Path> headers() {
    Optional<Path> folder = folder();
    Assumptions.assumeTrue(
        folder.isPresent(), "MIT-BIH records are not at ../shared/data/mitdb: skipped");
    try (Stream<Path> files = Files.list(folder.get())) {
      return files.filter(file -> file.toString().endsWith(".hea")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> folder() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory.resolve(".mvn"))) {
      directory = directory.getParent();
    }
    return Optional.ofNullable(directory)
        .map(root -> root.resolveSibling("shared").resolve("data").resolve("mitdb"))
        .filter(Files::isDirectory);
  }

  public static MitBihRecord read(Path header) {
    String name = header.getFileName().toString().replace(".hea", "");
    try {
      return new MitBihRecord(
          name,
          signals(Files.readAllBytes(header.resolveSibling(name + ".dat"))),
          annotations(Files.readAllBytes(header.resolveSibling(name + ".atr"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[][] signals(byte[] bytes) {
    float[][] samples = new float[2][bytes.length / 3];
    for (int i = 0; i < samples[0].length; i++) {
      int middle = bytes[3 * i + 1];
      int first = (bytes[3 * i] & 0xff) | middle << 28 >> 20;
      int second = (bytes[3 * i + 2] & 0xff) | middle >> 4 << 8;
      samples[0][i] = (first - 1024) / 200f;
      samples[1][i] = (second - 1024) / 200f;
    }
    return samples;
  }

  private static List<BeatAnnotation> annotations(byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<BeatAnnotation> annotations = new ArrayList<>();
    long sample = 0;
    while (words.remaining() >= 2) {
      int word = words.getShort() & 0xffff;
      int code = word >> 10;
      int value = word & 0x3ff;
      if (word == 0) {
        break;
      } else if (code == 59) {
        sample += ((long) words.getShort() << 16) | (words.getShort() & 0xffff);
      } else if (code == 61) {
        BeatAnnotation last = annotations.remove(annotations.size() - 1);
        annotations.add(new BeatAnnotation(last.sample(), last.code(), value << 22 >> 22));
      } else if (code == 63) {
        words.position(words.position() + value + value % 2);
      } else if (code < 59) {
        sample += value;
        annotations.add(BeatAnnotation.of(sample, CODES.split(" ", -1)[code - 1]));
      }
    }
    return annotations;
  }
}
