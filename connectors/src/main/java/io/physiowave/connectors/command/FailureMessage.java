package io.physiowave.connectors.command;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;

/** Words for a failure: one line that a person can act on. */
public final class FailureMessage {
  private FailureMessage() {}

  /** One line for any failure; wrappers that only carry another failure are taken off first. */
  public static String of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (saysMore(failure) && !(cause instanceof FileSystemException)) {
      // Of a full disk, for one, the system says neither which file nor what for.
      return oneLine(failure) + ": " + of(cause);
    }
    if (cause instanceof FileSystemException fileFailure) {
      return fileFailure.getFile() + ": " + fileReason(fileFailure);
    }
    String text = oneLine(cause);
    if (cause instanceof TimeoutException) {
      return "no answer from Kafka in time; check the bootstrap servers (" + text + ")";
    }
    boolean ours = cause.getClass().getName().startsWith("io.physiowave.");
    if (ours
        || cause instanceof IllegalArgumentException
        || cause instanceof java.io.IOException
        || cause instanceof ConfigException) {
      return text;
    }
    return cause.getClass().getSimpleName() + ": " + text;
  }

  /** Whether what carries a failure of reading or writing has words of its own. */
  private static boolean saysMore(Throwable failure) {
    return failure instanceof UncheckedIOException
        && failure.getMessage() != null
        && !failure.getMessage().equals(failure.getCause().toString());
  }

  /** The message on one line, or the class where there is none. */
  static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable current = failure;
    while (current.getCause() != null
        && (current instanceof UncheckedIOException
            || current instanceof ExecutionException
            || current.getClass() == KafkaException.class
            || current instanceof CompletionException)) {
      current = current.getCause();
    }
    return current;
  }

  private static String fileReason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the directory is not empty";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a directory";
    }
    return failure.getReason() == null
        ? failure.getClass().getSimpleName()
        : failure.getReason().replaceAll("\\s*\\R\\s*", " ");
  }
}
