package io.physiowave.cluster;

import io.physiowave.cluster.flink.FlinkProcesses;
import io.physiowave.cluster.flink.FlinkRefusedException;
import io.physiowave.cluster.flink.FlinkRest;
import io.physiowave.cluster.flink.FlinkUnavailableException;
import io.physiowave.cluster.flink.JobSummary;
import io.physiowave.cluster.flink.RetainedCheckpoints;
import io.physiowave.cluster.kafka.LabelRate;
import io.physiowave.cluster.layout.ClusterFolder;
import io.physiowave.cluster.layout.JobJar;
import io.physiowave.cluster.layout.Libraries;
import io.physiowave.cluster.layout.NativeLibraries;
import io.physiowave.cluster.process.JavaCommand;
import io.physiowave.cluster.process.ProcessState;
import io.physiowave.cluster.process.ProcessTable;
import io.physiowave.connectors.kafka.TopicCreation;
import io.physiowave.quickstart.embedded.DirectoryTree;
import io.physiowave.streaming.command.SubmittedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A cluster in a folder: starts and ends its processes, submits the job.
 *
 * <pre>{@code
 * LocalCluster cluster = new LocalCluster(folder, plan);
 * cluster.start(cluster.missing());
 * cluster.submit(new JobSubmission(2, List.of()), Optional.empty());
 * cluster.awaitLabels(Duration.ofSeconds(60));
 * cluster.stop();
 * }</pre>
 */
public final class LocalCluster {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Duration SAVEPOINT_PATIENCE = Duration.ofSeconds(60);
  private static final Duration RECENT = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 100;
  private static final int PARTITIONS = 4;

  /** What the others miss when it goes before them. */
  private static final List<String> LAST = List.of(ClusterPlan.BROKER, FlinkProcesses.ZOO_KEEPER);

  private final ClusterFolder folder;
  private final ClusterPlan plan;
  private final Libraries libraries;
  private final ProcessTable table;
  private final FlinkRest flink;
  private volatile boolean interrupted;

  /** A cluster; nothing is started. */
  public LocalCluster(ClusterFolder folder, ClusterPlan plan) {
    this.folder = folder;
    this.plan = plan;
    this.libraries = Libraries.ofThisProcess();
    this.table = new ProcessTable(folder);
    this.flink = new FlinkRest(plan.ports().flink());
  }

  /** What it consists of. */
  public ClusterPlan plan() {
    return plan;
  }

  /** Where it lies. */
  public ClusterFolder folder() {
    return folder;
  }

  /** Its processes. */
  public ProcessTable processes() {
    return table;
  }

  /** Flink's REST API. */
  public FlinkRest flink() {
    return flink;
  }

  /** Processes of the plan that do not run. */
  public List<String> missing() {
    return plan.processes().stream().filter(name -> !table.isUp(name)).toList();
  }

  /**
   * Starts processes, each when what it needs is there, and returns when all of them do their work:
   * topics exist and every slot is registered.
   *
   * @throws ClusterFailedException when one ends instead, or all takes too long
   */
  public void start(List<String> names) {
    plan.writeTo(folder);
    ClusterFolder.made(folder.checkpoints());
    ClusterFolder.made(folder.savepoints());
    NativeLibraries.unpack(libraries.onnxRuntime(), folder.nativeLibraries());
    Processes commands = new Processes(folder, plan, libraries);
    List<String> servers = names.stream().filter(name -> !isClient(name)).toList();
    List<String> clients = names.stream().filter(LocalCluster::isClient).toList();
    servers.forEach(name -> start(commands.command(name)));
    if (names.contains(ClusterPlan.BROKER) || !clients.isEmpty()) {
      createTopics();
    }
    // Those that gave up while there was no broker come back with it.
    Stream.concat(clients.stream(), plan.processes().stream().filter(this::isCrashedClient))
        .distinct()
        .forEach(name -> start(commands.command(name)));
    await(plan.totalSlots() + " slots", START_PATIENCE, () -> flink.slots() >= plan.totalSlots());
  }

  private synchronized void start(JavaCommand command) {
    if (interrupted) {
      throw new ClusterFailedException("interrupted");
    }
    table.start(command);
  }

  /**
   * Lets whoever starts or awaits something here fail, so that another thread can end all of it:
   * afterwards nothing is started any more. A start in progress is waited for.
   */
  public synchronized void interrupt() {
    interrupted = true;
  }

  private static boolean isClient(String name) {
    return name.equals(ClusterPlan.PAGE)
        || name.equals(ClusterPlan.GATEWAY)
        || name.startsWith("gateway-");
  }

  private boolean isCrashedClient(String name) {
    return isClient(name) && table.state(name).condition() == ProcessState.Condition.CRASHED;
  }

  private void createTopics() {
    await(
        "the broker",
        START_PATIENCE,
        () -> BrokerProbe.answers(plan.bootstrapServers()),
        // Without a broker clients end sooner or later.
        name -> !isClient(name));
    TopicCreation.createAll(plan.bootstrapServers(), PARTITIONS, 1);
  }

  /**
   * Submits the job.
   *
   * @param from savepoint or checkpoint to go on from; empty to begin anew
   * @return its id, when all of it runs
   */
  public String submit(JobSubmission submission, Optional<String> from) {
    JobJar.write(folder.jobJar(), libraries.forJob(), SubmittedJob.class.getName());
    String job =
        flink.submit(
            folder.jobJar(),
            SubmittedJob.class.getName(),
            submission.arguments(plan, folder),
            from);
    LastSubmission.write(folder, plan, submission);
    await("the job", START_PATIENCE, () -> isRunning(job));
    return job;
  }

  /**
   * Waits until all of the job runs that the JobManager, perhaps a new one, knows of.
   *
   * @throws ClusterFailedException when there is none any more, or it takes too long
   */
  public void awaitJob() {
    await(
        "the job",
        START_PATIENCE,
        () ->
            flink
                .activeJob()
                .orElseThrow(() -> new ClusterFailedException("no job runs any more"))
                .isRunning());
  }

  private boolean isRunning(String id) {
    JobSummary job =
        flink.jobs().stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new ClusterFailedException("Flink does not know the job " + id));
    if (job.isOver()) {
      throw new ClusterFailedException(
          "the job ended as " + job.state() + ": " + flink.lastFailure(id));
    }
    return job.isRunning();
  }

  /**
   * Stops the running job with a savepoint.
   *
   * @return where it is, as a URI
   */
  public String stopJob(String job) {
    String request = flink.stopWithSavepoint(job, folder.savepoints());
    List<String> savepoint = new ArrayList<>();
    await(
        "the savepoint",
        SAVEPOINT_PATIENCE,
        () -> {
          flink.savepoint(job, request).ifPresent(savepoint::add);
          return !savepoint.isEmpty();
        });
    return savepoint.get(0);
  }

  /** Ends the running job where it stands. */
  public void cancelJob(String job) {
    flink.cancel(job);
    await("the end of the job", SAVEPOINT_PATIENCE, () -> flink.activeJob().isEmpty());
  }

  /**
   * How to submit the job again that went down with the cluster: with the options that it had, and
   * as wide unless the cluster has other slots now.
   */
  public JobSubmission again() {
    return LastSubmission.in(folder, plan)
        .orElseGet(() -> new JobSubmission(plan.totalSlots(), List.of()));
  }

  /** State that an earlier job left, to go on from. */
  public Optional<String> latestState() {
    return RetainedCheckpoints.latest(folder);
  }

  /**
   * Waits for labels, unless no gateway sends anything.
   *
   * @throws ClusterFailedException when none come
   */
  public void awaitLabels(Duration patience) {
    if (plan.gateways() > 0) {
      await("labels", patience, () -> labelsPerSecond() > 0);
    }
  }

  /** Labels a second, of late. */
  public double labelsPerSecond() {
    return (double) LabelRate.labelsWithin(plan.bootstrapServers(), RECENT) / RECENT.toSeconds();
  }

  /**
   * Starts a process anew, e.g. after it was killed.
   *
   * @throws IllegalStateException when it runs
   */
  public void restart(String name) {
    start(new Processes(folder, plan, libraries).command(name));
  }

  /**
   * Ends all processes: devices and the page first, the broker and ZooKeeper last, so that nobody
   * misses anybody. What a new JobManager would need to go on goes, too: the next one begins with
   * {@link #latestState}.
   *
   * @return how many ran
   */
  public int stop() {
    return stop(folder);
  }

  /** The same of whatever runs in a folder, also where nothing says any more what should. */
  public static int stop(ClusterFolder folder) {
    ProcessTable table = new ProcessTable(folder);
    List<String> names = new ArrayList<>(table.names());
    int stopped = table.stop(names.stream().filter(LocalCluster::isClient).toList(), STOP_PATIENCE);
    names.removeIf(LocalCluster::isClient);
    names.removeAll(LAST);
    stopped += table.stop(names, STOP_PATIENCE);
    stopped += table.stop(LAST, STOP_PATIENCE);
    DirectoryTree.delete(folder.allTmp());
    DirectoryTree.delete(folder.recovery());
    return stopped;
  }

  /**
   * Waits for something that the cluster's processes bring about.
   *
   * @throws ClusterFailedException when one of them ends, or it takes too long
   */
  public void await(String what, Duration patience, BooleanSupplier there) {
    await(what, patience, there, name -> true);
  }

  private void await(
      String what, Duration patience, BooleanSupplier there, Predicate<String> matters) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!holds(there)) {
      if (interrupted) {
        throw new ClusterFailedException("interrupted");
      }
      for (String name : table.names().stream().filter(matters).toList()) {
        ProcessState state = table.state(name);
        if (state.condition() == ProcessState.Condition.CRASHED) {
          throw new ClusterFailedException(
              name
                  + " ended ("
                  + state.exitReason()
                  + ") while the cluster waited for "
                  + what
                  + ": "
                  + state.lastWords()
                  + "; its log is in "
                  + folder.logs()
                  + folder.shortage());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new ClusterFailedException(
            "waited "
                + patience.toSeconds()
                + " s for "
                + what
                + " in vain; the logs are in "
                + folder.logs()
                + folder.shortage());
      }
      pause();
    }
  }

  /** A server that is only coming up is asked again. */
  private static boolean holds(BooleanSupplier there) {
    try {
      return there.getAsBoolean();
    } catch (FlinkUnavailableException e) {
      return false;
    } catch (FlinkRefusedException e) {
      throw new ClusterFailedException(e.getMessage(), e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFailedException("interrupted", e);
    }
  }
}
