package io.physiowave.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockCacheTest {
  @Test
  void itLetsGoOfWhatWasNotUsedForLongest() {
    BlockCache cache = new BlockCache(8 * Float.BYTES);
    cache.put("a", 0, new float[4]);
    cache.put("b", 0, new float[4]);
    assertThat(cache.get("a", 0)).isNotNull();
    cache.put("b", 1, new float[4]);
    assertThat(cache.get("b", 0)).isNull();
    assertThat(cache.get("a", 0)).isNotNull();
    assertThat(cache.bytes()).isEqualTo(8 * Float.BYTES);
  }

  @Test
  void aBlockLargerThanTheBudgetIsKeptAlone() {
    BlockCache cache = new BlockCache(8);
    cache.put("a", 0, new float[4]);
    cache.put("a", 1, new float[40]);
    assertThat(cache.get("a", 1)).isNotNull();
    assertThat(cache.get("a", 0)).isNull();
  }

  @Test
  void aClosedFileLeavesNothing() {
    BlockCache cache = new BlockCache(1000);
    cache.put("a", 0, new float[4]);
    cache.put("b", 0, new float[4]);
    cache.forget("a");
    assertThat(cache.get("a", 0)).isNull();
    assertThat(cache.bytes()).isEqualTo(4 * Float.BYTES);
  }
}
