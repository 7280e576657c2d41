package io.physiowave.training.distributed;

import java.util.Map;

/**
 * Which of the processes that train together this one is.
 *
 * @param rank from 0; the process of rank 0 writes the files and talks to the user
 * @param worldSize processes together, at least 1
 * @param localRank among the processes of this machine, from 0; the GPU that {@code auto} takes
 * @param masterAddress host of rank 0, where all meet
 * @param masterPort TCP port there; 0 when alone
 */
public record Rank(int rank, int worldSize, int localRank, String masterAddress, int masterPort) {
  /** The only process there is. */
  public static final Rank ALONE = new Rank(0, 1, 0, "127.0.0.1", 0);

  static final String RANK = "RANK";
  static final String WORLD_SIZE = "WORLD_SIZE";
  static final String LOCAL_RANK = "LOCAL_RANK";
  static final String MASTER_ADDR = "MASTER_ADDR";
  static final String MASTER_PORT = "MASTER_PORT";

  private static final int HIGHEST_PORT = 65_535;

  public Rank {
    require(worldSize >= 1, WORLD_SIZE, worldSize, "1 or more");
    require(rank >= 0 && rank < worldSize, RANK, rank, "0 to " + (worldSize - 1));
    require(localRank >= 0, LOCAL_RANK, localRank, "0 or more");
    require(
        masterPort >= (worldSize == 1 ? 0 : 1) && masterPort <= HIGHEST_PORT,
        MASTER_PORT,
        masterPort,
        "1 to " + HIGHEST_PORT);
  }

  private static void require(boolean holds, String variable, int value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(variable + " is " + value + "; expected " + expected);
    }
  }

  /** Whether an environment names a rank, as starters of distributed programs do. */
  public static boolean isGiven(Map<String, String> environment) {
    return environment.containsKey(RANK);
  }

  /**
   * Reads {@code RANK}, {@code WORLD_SIZE}, {@code LOCAL_RANK} (by default the rank), {@code
   * MASTER_ADDR} and {@code MASTER_PORT}; without {@code RANK} this process is alone.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static Rank of(Map<String, String> environment) {
    if (!isGiven(environment)) {
      return ALONE;
    }
    int worldSize = number(environment, WORLD_SIZE, null);
    return new Rank(
        number(environment, RANK, null),
        worldSize,
        number(environment, LOCAL_RANK, environment.get(RANK)),
        worldSize == 1 ? ALONE.masterAddress() : text(environment, MASTER_ADDR, null),
        worldSize == 1 ? 0 : number(environment, MASTER_PORT, null));
  }

  private static int number(Map<String, String> environment, String variable, String otherwise) {
    String value = text(environment, variable, otherwise);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          variable + " is '" + value + "'; expected a whole number", e);
    }
  }

  private static String text(Map<String, String> environment, String variable, String otherwise) {
    String value = environment.getOrDefault(variable, otherwise);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "RANK is set and "
              + variable
              + " is not; expected RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT together");
    }
    return value;
  }

  /** The variables from which {@link #of} reads this rank. */
  Map<String, String> environment() {
    return Map.of(
        RANK, String.valueOf(rank),
        WORLD_SIZE, String.valueOf(worldSize),
        LOCAL_RANK, String.valueOf(localRank),
        MASTER_ADDR, masterAddress,
        MASTER_PORT, String.valueOf(masterPort));
  }
}
