package io.physiowave.gateway.http;

import io.physiowave.core.frame.FrameAdmission;
import io.physiowave.core.frame.InvalidFrameException;
import io.physiowave.gateway.intake.JsonFrames;
import io.physiowave.gateway.intake.Submission;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a body holds frames, by content type. */
enum FrameBody {
  /** One frame. */
  PROTOBUF(
      FrameAdmission.DEFAULT_MAXIMUM_BYTES,
      "application/x-protobuf",
      "application/protobuf",
      "application/vnd.google.protobuf",
      "application/octet-stream"),
  /** One frame, or an array of them. */
  JSON(FrameBody.MAXIMUM_TEXT, "application/json"),
  /** A frame a line. */
  LINES(FrameBody.MAXIMUM_TEXT, "application/x-ndjson", "application/ndjson", "application/jsonl");

  /** A frame's text is up to four times as long as its protobuf form. */
  static final int MAXIMUM_TEXT = 4 * FrameAdmission.DEFAULT_MAXIMUM_BYTES;

  private final int maximumBytes;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> contentTypes;

  FrameBody(int maximumBytes, String... contentTypes) {
    this.maximumBytes = maximumBytes;
    this.contentTypes = List.of(contentTypes);
  }

  /**
   * Frames of a body.
   *
   * @param single whether the body stands for one frame, and is answered so
   */
  record Frames(List<Submission> submissions, boolean single) {
    private static Frames one(Submission submission) {
      return new Frames(List.of(submission), true);
    }
  }

  /** The form that a header {@code Content-Type} names; empty for any other, and for none. */
  static Optional<FrameBody> of(String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(form -> form.contentTypes.contains(type)).findFirst();
  }

  /** Longest body. */
  int maximumBytes() {
    return maximumBytes;
  }

  /**
   * The frames in a body.
   *
   * @throws InvalidFrameException when there are too many
   */
  Frames read(byte[] body) {
    return switch (this) {
      case PROTOBUF -> Frames.one(Submission.protobuf(body));
      case JSON ->
          JsonFrames.isArray(body)
              ? new Frames(JsonFrames.ofArray(body), false)
              : Frames.one(Submission.json(body));
      case LINES -> new Frames(JsonFrames.ofLines(body), false);
    };
  }
}
