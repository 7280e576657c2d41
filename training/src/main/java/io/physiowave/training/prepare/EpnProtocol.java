package io.physiowave.training.prepare;

import io.physiowave.connectors.recording.epn612.EpnSample;
import java.util.Locale;
import java.util.Optional;

/** How EPN-612 is divided. Its 612 users are 306 for training and 306 for testing. */
public enum EpnProtocol {
  /**
   * As the published script does: both halves of the training users for training and validation; of
   * each testing user the first ten samples of a gesture join the training, the others are the
   * test. A model knows every user of the test.
   */
  USER_DEPENDENT {
    @Override
    Optional<String> partOf(EpnUser user, EpnSample.Set set, int earlierOfGesture) {
      if (!user.testing()) {
        return Optional.of(set == EpnSample.Set.TRAINING ? "train" : "val");
      }
      if (set == EpnSample.Set.TESTING) {
        return Optional.empty();
      }
      return Optional.of(earlierOfGesture < KNOWN_SAMPLES ? "train" : "test");
    }

    @Override
    String description() {
      return "user-dependent, as published: training users, their testing samples for validation;"
          + " of each testing user the first "
          + KNOWN_SAMPLES
          + " samples of a gesture for training, the others for the test";
    }
  },
  /**
   * No user is in two parts: the training users for training, a drawn share of them for validation,
   * the testing users for the test. Chosen here; the published script has only the other protocol.
   */
  USER_INDEPENDENT {
    @Override
    Optional<String> partOf(EpnUser user, EpnSample.Set set, int earlierOfGesture) {
      if (!user.testing()) {
        return Optional.of(user.validation() ? "val" : "train");
      }
      return set == EpnSample.Set.TESTING ? Optional.empty() : Optional.of("test");
    }

    @Override
    String description() {
      return "user-independent: training users for training and, drawn, for validation; testing"
          + " users for the test; no user is in two parts";
    }
  };

  private static final int KNOWN_SAMPLES = 10;

  /**
   * One user.
   *
   * @param name e.g. {@code testing/user17}
   * @param testing whether among the testing users, whose second half has no published labels
   * @param validation whether drawn for validation
   */
  record EpnUser(String name, boolean testing, boolean validation) {}

  /**
   * The part that a sample belongs to; empty for none.
   *
   * @param earlierOfGesture samples of the same gesture and half that came before it
   */
  abstract Optional<String> partOf(EpnUser user, EpnSample.Set set, int earlierOfGesture);

  abstract String description();

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
