package io.physiowave.streaming.control;

import io.physiowave.streaming.types.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

/** What {@link ReleaseChecks} find, as a future. */
final class CheckedWishes implements ResultFuture<CheckedWish> {
  private final CompletableFuture<CheckedWish> checked = new CompletableFuture<>();

  private CheckedWishes() {}

  /** Has a record of the models topic checked. */
  static CompletableFuture<CheckedWish> of(ReleaseChecks checks, String key, byte[] value) {
    CheckedWishes result = new CheckedWishes();
    checks.asyncInvoke(
        new TopicRecord(key.getBytes(StandardCharsets.UTF_8), value, 0, 0, 0), result);
    return result.checked;
  }

  @Override
  public void complete(Collection<CheckedWish> wishes) {
    checked.complete(wishes.iterator().next());
  }

  @Override
  public void completeExceptionally(Throwable failure) {
    checked.completeExceptionally(failure);
  }

  @Override
  public void complete(CollectionSupplier<CheckedWish> wishes) {
    throw new AssertionError("the checks give collections, not suppliers of them");
  }
}
