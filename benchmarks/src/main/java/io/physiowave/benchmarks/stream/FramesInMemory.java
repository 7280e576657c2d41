package io.physiowave.benchmarks.stream;

import io.physiowave.benchmarks.load.StreamLoad;
import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.MapFunction;

/** Records of the frames topic in the heap of this process, which the embedded cluster shares. */
final class FramesInMemory implements AutoCloseable {
  private static final Map<String, FramesInMemory> LIVING = new ConcurrentHashMap<>();
  private static final long ARRIVAL_MILLIS = 1_750_000_000_000L;

  private final String identity = UUID.randomUUID().toString();
  private final TopicRecord[] records;
  private volatile int read;

  private FramesInMemory(TopicRecord[] records) {
    this.records = records;
  }

  /** Makes all records, stream by stream in turns. */
  static FramesInMemory of(StreamLoad load) {
    int streams = load.shape().streams();
    TopicRecord[] records = new TopicRecord[Math.toIntExact(load.frames())];
    double frameMillis = load.shape().frameMillis();
    for (int i = 0; i < records.length; i++) {
      int stream = i % streams;
      int frame = i / streams;
      records[i] =
          new TopicRecord(
              load.streamId(stream).getBytes(StandardCharsets.UTF_8),
              load.frame(stream, frame),
              0,
              i,
              ARRIVAL_MILLIS + Math.round(frame * frameMillis));
    }
    FramesInMemory frames = new FramesInMemory(records);
    LIVING.put(frames.identity, frames);
    return frames;
  }

  int count() {
    return records.length;
  }

  /** Finds a record by its number. */
  MapFunction<Long, TopicRecord> lookup() {
    return new Lookup(identity);
  }

  private TopicRecord take(int number) {
    read = number + 1;
    return records[number];
  }

  /** Records that were read so far. */
  int read() {
    return read;
  }

  @Override
  public void close() {
    LIVING.remove(identity);
  }

  private record Lookup(String identity) implements MapFunction<Long, TopicRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public TopicRecord map(Long number) {
      return LIVING.get(identity).take(number.intValue());
    }
  }
}
