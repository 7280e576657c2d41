package io.physiowave.streaming;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/**
 * Refuses what Flink takes and cannot do: to go on from a savepoint that stays its owner's while
 * changes of state are logged. The first checkpoint would have to be a full one, which the log does
 * not know of, and the job would start over and over.
 */
final class SavepointClaim {
  private SavepointClaim() {}

  /**
   * Looks at the settings with which a job is submitted, its savepoint among them.
   *
   * @throws IllegalArgumentException when no checkpoint of the job could succeed
   */
  static void check(ReadableConfig settings) {
    if (settings.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent()
        && settings.get(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG)
        && settings.get(StateRecoveryOptions.RESTORE_MODE) == RecoveryClaimMode.NO_CLAIM) {
      throw new IllegalArgumentException(
          "the job is to go on from "
              + settings.get(StateRecoveryOptions.SAVEPOINT_PATH)
              + " with "
              + StateRecoveryOptions.RESTORE_MODE.key()
              + " NO_CLAIM, with which none of its checkpoints can succeed while "
              + StateChangelogOptions.ENABLE_STATE_CHANGE_LOG.key()
              + " is on; submit it with CLAIM");
    }
  }
}
