package io.physiowave.training.command;

import io.physiowave.training.bench.BenchSize;
import io.physiowave.training.bench.InferenceBenchmark;
import io.physiowave.training.bench.InferenceEngine;
import io.physiowave.training.export.OnnxModel;
import io.physiowave.training.model.CpuThreads;
import io.physiowave.training.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures exported graphs. */
@Command(
    name = "inference",
    description =
        "The exported graphs against libtorch's operator by operator forward of the published form,"
            + " in turns, with weights of no meaning.")
final class BenchInferenceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "emg,ecg",
      description =
          "Published sizes, ecg (12 x 2048, 384/8/12) or emg (8 x 1024, 256/6/8), or exported"
              + " models whose size is taken, e.g. models/ecg-beats.onnx. Default: ${DEFAULT-VALUE}"
              + " and the shipped models.")
  private List<String> sizes;

  @Option(
      names = "--engines",
      split = ",",
      defaultValue = "torch,plain,fused,int8",
      description =
          "torch, plain, fused, fp16 (slow where the processor has no such arithmetic) and int8."
              + " Default: ${DEFAULT-VALUE}.")
  private List<String> engines;

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "1,8,32",
      description = "Windows a call. Default: ${DEFAULT-VALUE}.")
  private List<Integer> batches;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads of each engine. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Measured calls of each engine. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    BenchReport.requirePositive(spec, "--threads", threads);
    BenchReport.requirePositive(spec, "--rounds", rounds);
    batches.forEach(batch -> BenchReport.requirePositive(spec, "--batches", batch));
    List<BenchSize> measured = measured();
    InferenceBenchmark benchmark =
        new InferenceBenchmark(
            engines.stream().map(this::engine).toList(), batches, threads, rounds);
    CpuThreads.use(threads);
    Map<String, Object> report = new LinkedHashMap<>();
    for (BenchSize size : measured) {
      spec.commandLine().getErr().println("measuring " + size.name() + " ...");
      report.put(size.name(), benchmark.run(size));
    }
    report.put("threads", threads);
    report.put("rounds", rounds);
    BenchReport.print(spec, report, json);
    return 0;
  }

  private InferenceEngine engine(String name) {
    try {
      return InferenceEngine.of(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--engines: " + e.getMessage(), e);
    }
  }

  private List<BenchSize> measured() throws IOException {
    List<BenchSize> measured = new ArrayList<>();
    for (String size : sizes) {
      measured.add(size(size));
    }
    if (!spec.commandLine().getParseResult().hasMatchedOption("--sizes")) {
      Path home = Path.of(System.getProperty("physiowave.home", "."), "models");
      for (String shipped : List.of("ecg-beats.onnx", "emg-gestures.onnx")) {
        if (Files.exists(home.resolve(shipped))) {
          measured.add(size(home.resolve(shipped).toString()));
        }
      }
    }
    return measured;
  }

  private BenchSize size(String name) throws IOException {
    if (name.endsWith(".onnx")) {
      try (OnnxModel model = OnnxModel.load(Path.of(name), 1)) {
        return BenchSize.of(
            model
                .card()
                .orElseThrow(
                    () -> new ParameterException(spec.commandLine(), name + " has no model card")));
      }
    }
    return switch (name) {
      case "ecg" -> BenchSize.ecg(Task.CLASSIFICATION);
      case "emg" -> BenchSize.emg(Task.CLASSIFICATION);
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "--sizes has '" + name + "'; expected ecg, emg or the path of an .onnx file");
    };
  }
}
