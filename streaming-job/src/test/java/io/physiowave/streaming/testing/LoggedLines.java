package io.physiowave.streaming.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs from here on, until closed. */
public final class LoggedLines implements AutoCloseable {
  private final Logger logger;
  private final Recorder recorder = new Recorder();

  private LoggedLines(Logger logger) {
    this.logger = logger;
    recorder.start();
    logger.addAppender(recorder);
  }

  private static final class Recorder extends AbstractAppender {
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();

    Recorder() {
      super("recorder", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      events.add(event.toImmutable());
    }
  }

  /** Listens to a class' logger. */
  public static LoggedLines of(Class<?> logging) {
    return new LoggedLines((Logger) LogManager.getLogger(logging));
  }

  /** The lines' texts. */
  public List<String> texts() {
    return recorder.events.stream().map(event -> event.getMessage().getFormattedMessage()).toList();
  }

  /** The fields beside the texts. */
  public List<Map<String, String>> fields() {
    return recorder.events.stream().map(event -> event.getContextData().toMap()).toList();
  }

  @Override
  public void close() {
    logger.removeAppender(recorder);
  }
}
