package io.physiowave.quickstart.report;

import io.physiowave.connectors.files.OutputFile;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.core.label.LabelEventCodec;
import io.physiowave.quickstart.observe.LabelObserver;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes label events in protobuf's JSON form, one a line, as they come. */
public final class LabelFile implements LabelObserver, AutoCloseable {
  private final Writer writer;

  private LabelFile(Writer writer) {
    this.writer = writer;
  }

  /** Opens a file, which is replaced when it exists; missing directories are made. */
  public static LabelFile create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new LabelFile(new OutputStreamWriter(OutputFile.open(file), StandardCharsets.UTF_8));
  }

  @Override
  public void onLabel(LabelEvent event, long appendMillis) throws IOException {
    writer.write(LabelEventCodec.toJson(event));
    writer.write('\n');
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
