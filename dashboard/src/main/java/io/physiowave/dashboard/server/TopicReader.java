package io.physiowave.dashboard.server;

import io.physiowave.connectors.kafka.FollowedTopics;
import io.physiowave.connectors.kafka.TopicFollower;
import io.physiowave.core.arrhythmia.RhythmSummaryCodec;
import io.physiowave.core.event.SignalEventCodec;
import io.physiowave.core.frame.SignalFrameCodec;
import io.physiowave.core.label.LabelEventCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts on the board what frames, labels, events and rhythm say from now on. The topics of the first
 * two must be there before anything is shown.
 */
final class TopicReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

  private final DashboardOptions options;
  private final StreamBoard board;
  private final AtomicLong unreadable = new AtomicLong();
  private volatile TopicFollower follower;

  TopicReader(DashboardOptions options, StreamBoard board) {
    this.options = options;
    this.board = board;
  }

  void start() {
    follower =
        TopicFollower.start(
            new FollowedTopics(
                options.bootstrapServers(),
                "dashboard",
                List.of(options.framesTopic(), options.labelsTopic()),
                List.of(options.eventsTopic(), options.rhythmsTopic())),
            this::take);
  }

  /** Whether a broker answers and the topics of frames and labels are there. */
  boolean connected() {
    TopicFollower started = follower;
    return started != null && started.isConnected();
  }

  /** Records that were not what their topic holds; the job reports why. */
  long unreadable() {
    return unreadable.get();
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    if (message.value() == null) {
      unreadable.incrementAndGet();
      return;
    }
    try {
      if (message.topic().equals(options.framesTopic())) {
        board.add(SignalFrameCodec.decode(message.value()), System.currentTimeMillis());
      } else if (message.topic().equals(options.eventsTopic())) {
        board.add(SignalEventCodec.decode(message.value()));
      } else if (message.topic().equals(options.rhythmsTopic())) {
        board.add(RhythmSummaryCodec.decode(message.value()));
      } else {
        board.add(LabelEventCodec.decode(message.value()), message.timestamp());
      }
    } catch (IllegalArgumentException e) {
      unreadable.incrementAndGet();
      LOG.debug("{} offset {}: {}", message.topic(), message.offset(), e.getMessage());
    }
  }

  @Override
  public void close() {
    TopicFollower started = follower;
    if (started != null) {
      started.close();
    }
  }
}
