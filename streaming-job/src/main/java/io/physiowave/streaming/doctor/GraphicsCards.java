package io.physiowave.streaming.doctor;

import java.util.ArrayList;
import java.util.List;

/** The NVIDIA devices of this machine, as their driver's own tool tells of them. */
final class GraphicsCards {
  private static final String NAME = "gpu";

  /** The oldest driver branch that serves CUDA 12, as NVIDIA's compatibility table has it. */
  private static final int DRIVER_OF_CUDA_12 = 525;

  /** The same for CUDA 13, which libtorch wants. */
  private static final int DRIVER_OF_CUDA_13 = 580;

  private GraphicsCards() {}

  static List<GraphicsCard> ofThisMachine() {
    return OutsideProgram.run(
            "nvidia-smi",
            "--query-gpu=name,driver_version,memory.total",
            "--format=csv,noheader,nounits")
        .map(GraphicsCards::parse)
        .orElse(List.of());
  }

  /** Reads one device a line, {@code name, driver, MiB}; other lines are passed over. */
  static List<GraphicsCard> parse(String table) {
    List<GraphicsCard> cards = new ArrayList<>();
    for (String line : table.split("\\R")) {
      String[] cells = line.split(",\\s*");
      if (cells.length == 3 && cells[2].matches("\\d{1,9}")) {
        cards.add(new GraphicsCard(cells[0].strip(), cells[1], Long.parseLong(cells[2])));
      }
    }
    return cards;
  }

  static List<Finding> examine(List<GraphicsCard> cards) {
    if (cards.isEmpty()) {
      return List.of(
          Finding.ok(NAME, "none that NVIDIA's driver shows; models run on the processor"));
    }
    return cards.stream().map(GraphicsCards::judge).toList();
  }

  private static Finding judge(GraphicsCard card) {
    String found = card.name() + ", " + card.memoryMebibytes() + " MiB, driver " + card.driver();
    if (card.driverBranch() < DRIVER_OF_CUDA_12) {
      return Finding.warn(
          NAME,
          found,
          "Too old for CUDA 12: install driver " + DRIVER_OF_CUDA_12 + " or later (docs/gpu.md).");
    }
    if (card.driverBranch() < DRIVER_OF_CUDA_13) {
      return Finding.warn(
          NAME,
          found,
          "Enough for the job; training needs driver "
              + DRIVER_OF_CUDA_13
              + " or later for CUDA 13 (docs/gpu.md).");
    }
    return Finding.ok(NAME, found);
  }
}
