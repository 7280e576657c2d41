package io.physiowave.benchmarks.gateway;

import io.physiowave.benchmarks.load.DeviceFrames;
import io.physiowave.benchmarks.platform.Machine;
import io.physiowave.benchmarks.platform.WarmUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The whole of {@code bench gateway}. */
public final class GatewayBenchmark {
  private static final int DIFFERENT_FRAMES = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final GatewayBenchmarkOptions options;
  private final Consumer<String> progress;
  private final GatewayThreads threads = new GatewayThreads();

  /**
   * A benchmark to be run.
   *
   * @param progress told what is being done
   */
  public GatewayBenchmark(GatewayBenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /** How fast a route is, and what it cost the gateway. */
  private record Capacity(double perSecond, double gatewayMicros) {}

  /**
   * Measures everything.
   *
   * @throws IllegalStateException when a frame is not accepted or a label does not come
   */
  public GatewayReport run() throws InterruptedException {
    progress.accept("starting Kafka and the gateway");
    DeviceFrames frames =
        DeviceFrames.ofArms(options.devices(), options.frameMillis(), DIFFERENT_FRAMES);
    try (RunningGateway gateway = RunningGateway.start()) {
      DoorFigures webSocket;
      try (SocketRoute route = new SocketRoute(gateway.address(), frames)) {
        webSocket = frames("WebSocket", route, frames);
      }
      DoorFigures http;
      try (HttpRoute route = new HttpRoute(gateway.address(), frames)) {
        http = frames("HTTP", route, frames);
      }
      List<ListenerFigures> labels = new ArrayList<>();
      for (int listeners : options.listeners()) {
        try (LabelRoute route =
            new LabelRoute(gateway.address(), gateway.bootstrapServers(), listeners)) {
          labels.add(labels(listeners, route));
        }
      }
      return new GatewayReport(
          Machine.here(),
          frames.devices(),
          frames.frame(0, 0).length,
          frames.valuesPerFrame(),
          options.load(),
          webSocket,
          http,
          labels);
    }
  }

  private DoorFigures frames(String door, Route route, DeviceFrames frames)
      throws InterruptedException {
    Capacity capacity = capacity(door + ", " + frames.devices() + " devices", route);
    double offered = options.load() * capacity.perSecond();
    progress.accept("%s: answers at %.0f frames/s".formatted(door, offered));
    return new DoorFigures(
        capacity.perSecond(),
        capacity.perSecond() * frames.valuesPerFrame(),
        capacity.gatewayMicros(),
        offered,
        Traffic.evenly(route, offered, options.duration()));
  }

  private ListenerFigures labels(int listeners, LabelRoute route) throws InterruptedException {
    Capacity capacity = capacity(listeners + " listeners", route);
    double offered = options.load() * capacity.perSecond();
    progress.accept("%d listeners: receipt at %.0f labels/s".formatted(listeners, offered));
    route.forgetReceiptTimes();
    var unused = Traffic.evenly(route, offered, options.duration());
    return new ListenerFigures(
        listeners, capacity.perSecond(), capacity.gatewayMicros(), offered, route.receiptTimes());
  }

  private Capacity capacity(String what, Route route) throws InterruptedException {
    progress.accept(what + ": warming up");
    WarmUp.ofThisMachine()
        .repeat(options.warmUpRuns(), () -> Traffic.asFastAsItGoes(route, warmUp()));
    progress.accept(what + ": capacity");
    long processor = threads.nanos();
    long start = System.nanoTime();
    long count = Traffic.asFastAsItGoes(route, options.duration());
    long wall = System.nanoTime() - start;
    long used = threads.nanos() - processor;
    return new Capacity(count * 1e9 / wall, used / 1e3 / count);
  }

  private Duration warmUp() {
    return options.duration().compareTo(WARM_UP) < 0 ? options.duration() : WARM_UP;
  }
}
