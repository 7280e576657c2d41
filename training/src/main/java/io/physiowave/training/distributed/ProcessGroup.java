package io.physiowave.training.distributed;

import io.physiowave.training.model.Scopes;
import io.physiowave.training.model.Tensors;
import io.physiowave.training.run.TrainingDevice;
import java.util.Collection;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/**
 * The processes that train together, as one of them sees them: a TCP store at rank 0 where they
 * meet, and libtorch's c10d between them, Gloo on CPUs and NCCL on GPUs. Every operation must be
 * called by all of them in the same order; each waits for the others, half an hour at most. A group
 * of one does nothing and needs nothing.
 *
 * <p>Owns native memory and connections until closed. Not safe for several threads.
 */
public final class ProcessGroup implements AutoCloseable {
  private static final long MEETING_MILLISECONDS = 300_000;
  private static final long WAITING_MILLISECONDS = 1_800_000;
  private static final String INTERFACE = "GLOO_SOCKET_IFNAME";

  private final Rank rank;
  private final TrainingDevice device;
  private final PointerScope memory;
  private final Backend backend;
  private GradientBuckets buckets;

  private ProcessGroup(Rank rank, TrainingDevice device, PointerScope memory, Backend backend) {
    this.rank = rank;
    this.device = device;
    this.memory = memory;
    this.backend = backend;
  }

  /** The group of a process that trains by itself. */
  public static ProcessGroup alone() {
    return new ProcessGroup(Rank.ALONE, new TrainingDevice("cpu"), null, null);
  }

  /**
   * Meets the others; returns when all are there.
   *
   * @param device where this process trains; all on CPUs or each on a GPU of its own
   * @throws LostPeerException when they do not come within five minutes
   */
  public static ProcessGroup join(Rank rank, TrainingDevice device) {
    if (rank.worldSize() == 1) {
      return alone();
    }
    PointerScope scope = new PointerScope();
    try {
      Store store = store(rank);
      Backend backend = device.isCuda() ? nccl(store, rank) : gloo(store, rank);
      ProcessGroup group = new ProcessGroup(rank, device, scope.extend(), backend);
      group.sum(1);
      return group;
    } catch (RuntimeException e) {
      throw e instanceof LostPeerException ? e : new LostPeerException(rank, "meeting", e);
    } finally {
      scope.close();
    }
  }

  private static Store store(Rank rank) {
    TCPStoreOptions options =
        new TCPStoreOptions()
            .port((short) rank.masterPort())
            .isServer(rank.rank() == 0)
            .waitWorkers(false)
            .timeout(new Milliseconds(MEETING_MILLISECONDS));
    return new TCPStore(rank.masterAddress(), options);
  }

  private static Backend gloo(Store store, Rank rank) {
    ProcessGroupGloo.Options options =
        ProcessGroupGloo.Options.create(new Milliseconds(WAITING_MILLISECONDS));
    String network = System.getenv(INTERFACE);
    if (network != null) {
      options.devices().push_back(ProcessGroupGloo.createDeviceForInterface(network));
    } else if (rank.masterAddress().equals(Rank.ALONE.masterAddress())) {
      // The host's own name may lead anywhere, and nobody comes from outside.
      options
          .devices()
          .push_back(ProcessGroupGloo.createDeviceForHostname(Rank.ALONE.masterAddress()));
    } else {
      options.devices().push_back(ProcessGroupGloo.createDefaultDevice());
    }
    return new ProcessGroupGloo(store, rank.rank(), rank.worldSize(), options);
  }

  private static Backend nccl(Store store, Rank rank) {
    return new ProcessGroupNCCL(
        store, rank.rank(), rank.worldSize(), ProcessGroupNCCL.Options.create());
  }

  /** Which of them this is. */
  public Rank rank() {
    return rank;
  }

  /** How many there are. */
  public int size() {
    return rank.worldSize();
  }

  /** Whether this one writes files and talks to the user. */
  public boolean isFirst() {
    return rank.rank() == 0;
  }

  /** Adds numbers up over all processes, each place by itself; the same result for all. */
  public double[] sum(double... values) {
    if (size() == 1) {
      return values;
    }
    return Scopes.freeing(
        () -> {
          Tensor tensor = device.place(Tensor.create(values, values.length));
          waitFor("adding up", () -> backend.allreduce(new TensorVector(tensor)));
          double[] sums = new double[values.length];
          new DoublePointer(tensor.to(new Device(DeviceType.CPU), ScalarType.Double).data_ptr())
              .get(sums);
          return sums;
        });
  }

  /** Adds numbers up in place. */
  public void sumInto(float[] values) {
    if (size() == 1 || values.length == 0) {
      return;
    }
    Scopes.freeing(
        () -> {
          Tensor tensor = device.place(Tensor.create(values, values.length));
          waitFor("adding up", () -> backend.allreduce(new TensorVector(tensor)));
          System.arraycopy(Tensors.floats(tensor), 0, values, 0, values.length);
        });
  }

  /** Whether any of the processes says so. */
  public boolean anySays(boolean here) {
    return sum(here ? 1 : 0)[0] > 0;
  }

  /**
   * Replaces the gradients by their weighted mean over all processes; call after backward and
   * before the step.
   *
   * @param parameters always the same, in the same order everywhere
   * @param weight of this process's gradients, for example its number of windows; 0 for none
   */
  public void averageGradients(Collection<Tensor> parameters, double weight) {
    if (size() == 1) {
      return;
    }
    if (buckets == null) {
      buckets = new GradientBuckets(parameters);
    }
    Scopes.withoutGradient(
        () ->
            buckets.average(
                weight,
                device::place,
                new GradientBuckets.Sum() {
                  @Override
                  public Work start(Tensor values) {
                    return started(
                        "averaging gradients", () -> backend.allreduce(new TensorVector(values)));
                  }

                  @Override
                  public void await(Work work) {
                    waitFor("averaging gradients", () -> work);
                  }
                }));
  }

  /** Gives tensors the values that they have at rank 0. */
  public void takeFromFirst(Collection<Tensor> tensors) {
    if (size() == 1) {
      return;
    }
    Scopes.withoutGradient(
        () ->
            tensors.forEach(
                tensor ->
                    Scopes.freeing(
                        () ->
                            waitFor(
                                "taking values over",
                                () -> backend.broadcast(new TensorVector(tensor.detach()))))));
  }

  private void waitFor(String what, Supplier<Work> work) {
    started(
        what,
        () -> {
          Work begun = work.get();
          begun._wait();
          return begun;
        });
  }

  private Work started(String what, Supplier<Work> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new LostPeerException(rank, what, e);
    }
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
    }
  }
}
