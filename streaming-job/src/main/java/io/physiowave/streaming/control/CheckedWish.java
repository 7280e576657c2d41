package io.physiowave.streaming.control;

import io.physiowave.streaming.types.RecordType;
import io.physiowave.streaming.types.TopicRecord;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record of the models topic, and what came of the releases that it wants.
 *
 * @param record as it stood in the topic
 * @param releases each release that should serve or be on trial, once; empty when there is none, or
 *     the record cannot be read
 */
public record CheckedWish(TopicRecord record, List<CheckedRelease> releases) {
  /** For Flink. */
  public static final TypeInformation<CheckedWish> TYPE =
      new RecordType<>(CheckedWish.class, CheckedWishSerializer.INSTANCE);

  public CheckedWish {
    releases = List.copyOf(releases);
  }

  /** Whether a later record of the model came before this one was checked. */
  boolean isOvertaken() {
    return releases.stream()
        .anyMatch(release -> release.refusal().equals(CheckedRelease.OVERTAKEN));
  }

  /** What came of a release that the record wants. */
  CheckedRelease of(ModelRelease release) {
    return releases.stream()
        .filter(checked -> checked.version().equals(release.version()))
        .findFirst()
        .orElseThrow();
  }
}
