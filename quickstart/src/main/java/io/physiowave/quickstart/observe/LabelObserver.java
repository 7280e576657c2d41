package io.physiowave.quickstart.observe;

import io.physiowave.core.label.LabelEvent;
import java.io.IOException;

/** Is told of everything that the job says, once, in order within a stream, on one thread. */
public interface LabelObserver {

  /**
   * A label.
   *
   * @param appendMillis when Kafka got it, milliseconds since the epoch
   */
  void onLabel(LabelEvent event, long appendMillis) throws IOException;

  /**
   * A frame that the job refused.
   *
   * @param stream the record's key
   * @param reason why
   */
  default void onRejection(String stream, String reason) {}
}
