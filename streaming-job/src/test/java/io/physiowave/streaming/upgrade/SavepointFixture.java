package io.physiowave.streaming.upgrade;

import io.physiowave.core.frame.SignalFrame;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.streaming.testing.TestJob;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A savepoint of an earlier release with all that is needed to go on from it; its folder's README
 * says how it is made.
 *
 * @param directory where it lies, relative to the module: the savepoint names its models so
 */
record SavepointFixture(Path directory) {
  /** Where all fixtures lie, one folder a release. */
  static final Path ALL = Path.of("src", "test", "resources", "savepoints");

  /** Name of the topics, which the savepoint's source remembers. */
  static final String TOPICS = "savepoint";

  /** All fixtures. */
  static List<SavepointFixture> all() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).sorted().map(SavepointFixture::new).toList();
    }
  }

  /** The savepoint itself. */
  Path savepoint() {
    return directory.resolve("savepoint");
  }

  /** The file of a model. */
  Path model(String name) {
    return directory.resolve(name + ".onnx");
  }

  /** The options that the job had and must have again. */
  void configure(TestJob job) {
    job.with("--models", model("test-emg-1") + "," + model("test-ecg-1"))
        // Timers of a savepoint that is years old must not end its streams.
        .with("--idle-timeout", "36500d")
        .with("--reorder-wait", "1min")
        .with("--max-parallelism", "8")
        .withModelChanges();
  }

  /** Records of the frames and the models topic that the job had read. */
  long recordsRead(String topic) throws IOException {
    Properties counts = new Properties();
    try (var in = Files.newBufferedReader(directory.resolve("records-read.properties"))) {
      counts.load(in);
    }
    return Long.parseLong(counts.getProperty(topic));
  }

  void writeRecordsRead(long frames, long models) throws IOException {
    Files.writeString(
        directory.resolve("records-read.properties"),
        "frames=" + frames + "\nmodels=" + models + "\n");
  }

  /** Frames that come after the savepoint, in their order. */
  List<SignalFrame> framesAfter() throws IOException {
    List<SignalFrame> frames = new ArrayList<>();
    try (var in = new DataInputStream(Files.newInputStream(framesFile()))) {
      for (int count = in.readInt(); count > 0; count--) {
        frames.add(SignalFrameCodec.decode(in.readNBytes(in.readInt())));
      }
    }
    return frames;
  }

  void writeFramesAfter(List<SignalFrame> frames) throws IOException {
    try (var out = new DataOutputStream(Files.newOutputStream(framesFile()))) {
      out.writeInt(frames.size());
      for (SignalFrame frame : frames) {
        byte[] bytes = SignalFrameCodec.encode(frame);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  private Path framesFile() {
    return directory.resolve("frames-after.bin");
  }

  /** Labels that must come after the savepoint, by id, each exactly once. */
  Map<String, String> labelsAfter() throws IOException {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String line : Files.readAllLines(labelsFile(), StandardCharsets.UTF_8)) {
      String[] fields = line.split("\t", -1);
      labels.put(fields[0], fields[1]);
    }
    return labels;
  }

  void writeLabelsAfter(Map<String, String> labels) throws IOException {
    Files.write(
        labelsFile(),
        labels.entrySet().stream().map(label -> label.getKey() + "\t" + label.getValue()).toList());
  }

  private Path labelsFile() {
    return directory.resolve("labels-after.tsv");
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }
}
