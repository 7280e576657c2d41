package io.physiowave.quickstart.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.physiowave.connectors.files.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run came to, as {@code --report} writes it.
 *
 * @param timeToFirstLabelSeconds from the start of the process; null when there was no label
 * @param streams in the order of the gateways
 */
public record DemoReport(Double timeToFirstLabelSeconds, List<StreamReport> streams) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Writes the report as JSON; missing directories are made. */
  public void write(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    OutputFile.write(file, JSON.writeValueAsString(this) + System.lineSeparator());
  }
}
