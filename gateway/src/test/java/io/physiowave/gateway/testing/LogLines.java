package io.physiowave.gateway.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What a class logs from now on, from level INFO, in place of what other tests let it log. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Logger logger;

  /** Listens to a class's logger. */
  public LogLines(Class<?> of) {
    logger = (Logger) LoggerFactory.getLogger(of);
    start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  /** The next line. */
  public String next() throws InterruptedException {
    String line = lines.poll(3, TimeUnit.MINUTES);
    if (line == null) {
      throw new AssertionError("nothing is logged");
    }
    return line;
  }

  /** Whether a line that begins so has come; earlier ones are not asked for again. */
  public boolean sees(String beginning) {
    String line = lines.poll();
    while (line != null && !line.startsWith(beginning)) {
      line = lines.poll();
    }
    return line != null;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setAdditive(true);
    logger.setLevel(null);
    stop();
  }
}
