package io.physiowave.quickstart.report;

import io.physiowave.connectors.recording.wfdb.BeatAnnotationWriter;
import io.physiowave.core.label.LabelEvent;
import io.physiowave.quickstart.observe.LabelObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Gathers beat labels and writes them as WFDB annotation files, one a stream. */
public final class BeatFiles implements LabelObserver {
  /** Suffix of the files: the annotator's name in WFDB. */
  public static final String ANNOTATOR = "pwb";

  private final Map<String, List<LabelEvent>> beats = new ConcurrentHashMap<>();

  @Override
  public void onLabel(LabelEvent event, long appendMillis) {
    if (event.beatSample().isPresent()) {
      beats.computeIfAbsent(event.streamId(), name -> new ArrayList<>()).add(event);
    }
  }

  /** Whether a stream had a beat. */
  public boolean hasBeats(String stream) {
    return beats.containsKey(stream);
  }

  /**
   * Writes {@code <stream>.pwb}, also when the stream has no beat. Call it when no more labels
   * come.
   *
   * @param directory made when it is missing
   * @param stream named after its recording; of a path, the last part counts
   * @param sampleRateHz of the recording
   * @return the file
   */
  public Path write(Path directory, String stream, double sampleRateHz) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(Path.of(stream).getFileName() + "." + ANNOTATOR);
    BeatAnnotationWriter.write(file, beats.getOrDefault(stream, List.of()), sampleRateHz);
    return file;
  }
}
