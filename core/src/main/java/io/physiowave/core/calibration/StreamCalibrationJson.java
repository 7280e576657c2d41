package io.physiowave.core.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.physiowave.core.json.JsonMessages;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A {@link StreamCalibration} as JSON, the value of a record of {@code signal.calibration}. */
public final class StreamCalibrationJson {
  private static final int ID_BYTES = 6;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private StreamCalibrationJson() {}

  /** One line of JSON in UTF-8. */
  public static byte[] encode(StreamCalibration calibration) {
    try {
      return MAPPER.writeValueAsBytes(calibration);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a calibration always has a JSON form", e);
    }
  }

  /** Indented JSON, for a file that people read. */
  public static String writeIndented(StreamCalibration calibration) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(calibration) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a calibration always has a JSON form", e);
    }
  }

  /**
   * Reads and validates.
   *
   * @throws InvalidCalibrationException naming the field, its value and what was expected
   */
  public static StreamCalibration decode(byte[] json) {
    try {
      StreamCalibration calibration = MAPPER.readValue(json, StreamCalibration.class);
      if (calibration == null) {
        throw new InvalidCalibrationException("the text is null; expected a calibration");
      }
      return calibration;
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof InvalidCalibrationException rule) {
        throw rule;
      }
      throw new InvalidCalibrationException("the text is no calibration: " + JsonMessages.of(e), e);
    } catch (JsonProcessingException e) {
      throw new InvalidCalibrationException("the text is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidCalibrationException("the text cannot be read: " + e.getMessage(), e);
    }
  }

  /** Twelve hexadecimal digits of the SHA-256 of {@link #encode}: which one decided a label. */
  public static String id(StreamCalibration calibration) {
    return HexFormat.of().formatHex(digest(encode(calibration)), 0, ID_BYTES);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
