package io.physiowave.connectors.recording.wfdb;

import io.physiowave.connectors.files.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Writes annotation files in the MIT format, which {@link AnnotationReader} describes. */
public final class AnnotationWriter {
  private static final int LARGEST_DISTANCE = 0x3ff;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long sample;
  private int channel;
  private int number;

  private AnnotationWriter() {}

  /**
   * Writes an annotation file, replacing one that is there.
   *
   * @param file e.g. {@code 208.atr}
   * @param annotations in any order; equal samples keep theirs
   */
  public static void write(Path file, WfdbAnnotations annotations) throws IOException {
    OutputFile.write(file, format(annotations));
  }

  static byte[] format(WfdbAnnotations annotations) {
    AnnotationWriter writer = new AnnotationWriter();
    if (annotations.resolutionHz().isPresent()) {
      writer.append(
          new WfdbAnnotation(
              0,
              AnnotationSymbols.NOTE,
              0,
              0,
              0,
              AnnotationReader.RESOLUTION_NOTE
                  + " "
                  + HeaderText.number(annotations.resolutionHz().getAsDouble())));
    }
    List<WfdbAnnotation> sorted =
        annotations.annotations().stream()
            .sorted(Comparator.comparingLong(WfdbAnnotation::sample))
            .toList();
    sorted.forEach(writer::append);
    writer.word(0, 0);
    return writer.out.toByteArray();
  }

  private void append(WfdbAnnotation annotation) {
    long distance = annotation.sample() - sample;
    while (distance > LARGEST_DISTANCE) {
      int skipped = (int) Math.min(distance, Integer.MAX_VALUE);
      word(AnnotationReader.SKIP, 0);
      // The upper half goes first, as on the PDP-11.
      plainWord(skipped >> 16);
      plainWord(skipped);
      distance -= skipped;
    }
    sample = annotation.sample();
    word(AnnotationSymbols.code(annotation.symbol()), (int) distance);
    if (annotation.subtype() != 0) {
      word(AnnotationReader.SUBTYPE, annotation.subtype() & 0xff);
    }
    if (annotation.channel() != channel) {
      channel = annotation.channel();
      word(AnnotationReader.CHANNEL, channel);
    }
    if (annotation.number() != number) {
      number = annotation.number();
      word(AnnotationReader.NUMBER, number & 0xff);
    }
    if (!annotation.auxiliary().isEmpty()) {
      byte[] text = annotation.auxiliary().getBytes(StandardCharsets.ISO_8859_1);
      word(AnnotationReader.AUXILIARY, text.length);
      out.writeBytes(text);
      if (text.length % 2 == 1) {
        out.write(0);
      }
    }
  }

  private void word(int code, int data) {
    plainWord(code << 10 | data);
  }

  private void plainWord(int word) {
    out.write(word);
    out.write(word >> 8);
  }
}
