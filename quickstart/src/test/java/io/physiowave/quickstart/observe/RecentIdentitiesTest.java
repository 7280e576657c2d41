package io.physiowave.quickstart.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentIdentitiesTest {
  private final RecentIdentities identities = new RecentIdentities();

  @Test
  void knowsWhatItHasSeenOfEachStream() {
    assertThat(identities.isNew("a", "1")).isTrue();
    assertThat(identities.isNew("a", "1")).isFalse();
    assertThat(identities.isNew("b", "1")).isTrue();
  }

  @Test
  void forgetsTheOldestBeyondItsCapacity() {
    for (int i = 0; i <= RecentIdentities.CAPACITY; i++) {
      identities.isNew("a", Integer.toString(i));
    }

    assertThat(identities.isNew("a", "1")).isFalse();
    assertThat(identities.isNew("a", "0")).isTrue();
  }
}
