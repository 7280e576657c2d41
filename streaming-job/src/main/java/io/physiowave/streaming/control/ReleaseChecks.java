package io.physiowave.streaming.control;

import io.physiowave.streaming.infer.ModelPreload;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ModelFiles;
import io.physiowave.streaming.model.ModelRefusedException;
import io.physiowave.streaming.model.ServedModel;
import io.physiowave.streaming.options.InferenceOptions;
import io.physiowave.streaming.types.TopicRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Checks the releases that a record of the models topic wants, each by itself: the file is read,
 * held against its hash and card, loaded and run once.
 *
 * <p>All of that may take minutes, for a large file, a slow store or a GPU that compiles; so it is
 * done beside Flink's thread, where it would hold up every checkpoint's barrier and with that,
 * since barriers are aligned, every stream. One release at a time, for at most 5 min. What is under
 * way when a checkpoint is taken is checked again after a restart. A record that another one of its
 * name follows is given up, so that a rollback waits for no file that hangs.
 */
public final class ReleaseChecks extends RichAsyncFunction<TopicRecord, CheckedWish> {
  private static final long serialVersionUID = 1L;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final InferenceOptions options;

  private transient ExecutorService checks;

  /** The latest record of each name whose checks have not ended. */
  private transient Map<String, Wish> underWay;

  /**
   * The checks.
   *
   * @param options how models are loaded
   */
  public ReleaseChecks(InferenceOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    underWay = new ConcurrentHashMap<>();
    checks = Executors.newSingleThreadExecutor(task -> daemon(task, "checks of models"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void asyncInvoke(TopicRecord record, ResultFuture<CheckedWish> result) {
    Optional<ModelDeployment> wanted = wanted(record);
    wanted.map(ModelDeployment::name).map(underWay::remove).ifPresent(Wish::overtake);
    if (wanted.isEmpty() || wanted.get().wanted().findAny().isEmpty()) {
      result.complete(List.of(new CheckedWish(record, List.of())));
    } else {
      Wish wish = new Wish(record, wanted.get(), result);
      underWay.put(wanted.get().name(), wish);
      checks.execute(wish);
    }
  }

  /** Absent when the record says nothing or cannot be read; the gate says so. */
  private static Optional<ModelDeployment> wanted(TopicRecord record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ControlJson.deployment(record.value()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The checks that one record asks for. */
  private final class Wish implements Runnable {
    private final TopicRecord record;
    private final ModelDeployment wanted;
    private final ResultFuture<CheckedWish> result;
    private boolean isOvertaken;
    private FutureTask<ServedModel> check;

    Wish(TopicRecord record, ModelDeployment wanted, ResultFuture<CheckedWish> result) {
      this.record = record;
      this.wanted = wanted;
      this.result = result;
    }

    /** Gives up: a later record says what the model should be, and must not wait for this one. */
    synchronized void overtake() {
      isOvertaken = true;
      if (check != null) {
        check.cancel(true);
      }
    }

    private synchronized boolean isOvertaken() {
      return isOvertaken;
    }

    @Override
    @SuppressWarnings("IllegalCatch") // Nobody else would see an Error on this thread.
    public void run() {
      try {
        List<CheckedRelease> releases = new ArrayList<>();
        for (ModelRelease release : wanted.wanted().distinct().toList()) {
          releases.add(checked(release));
        }
        underWay.remove(wanted.name(), this);
        result.complete(List.of(new CheckedWish(record, releases)));
      } catch (InterruptedException e) {
        // The task ends; another one checks the record again.
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    }

    private CheckedRelease checked(ModelRelease release) throws InterruptedException {
      FutureTask<ServedModel> task = new FutureTask<>(() -> check(wanted.name(), release));
      synchronized (this) {
        check = task;
      }
      if (isOvertaken()) {
        return CheckedRelease.refused(release.version(), CheckedRelease.OVERTAKEN);
      }
      // A thread of its own, since one that never returns has to be left alone.
      daemon(task, "check of " + wanted.name() + " " + release.version()).start();
      try {
        return CheckedRelease.passed(
            release.version(), task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
      } catch (CancellationException e) {
        return CheckedRelease.refused(release.version(), CheckedRelease.OVERTAKEN);
      } catch (TimeoutException e) {
        return CheckedRelease.refused(
            release.version(),
            release.location() + ": not read, loaded and run within " + LIMIT.toMinutes() + " min");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        return CheckedRelease.refused(release.version(), String.valueOf(e.getCause().getMessage()));
      } finally {
        // If it has not ended, nobody waits for it any more, also since the task ends.
        task.cancel(true);
      }
    }
  }

  private ServedModel check(String name, ModelRelease release) throws IOException {
    ModelFile file =
        ModelFiles.with(options.modelStore()).readAnnounced(release.location(), release.sha256());
    ServedModel model = file.served();
    if (!model.card().name().equals(name) || !model.card().version().equals(release.version())) {
      throw new ModelRefusedException(
          release.location()
              + ": the card is of "
              + model.card().name()
              + " "
              + model.card().version()
              + "; expected "
              + name
              + " "
              + release.version());
    }
    ModelPreload.check(model, options);
    return model;
  }

  @Override
  public void close() {
    if (checks != null) {
      checks.shutdownNow();
    }
  }
}
