package io.physiowave.core.calibration;

import io.physiowave.core.card.ModelCard;
import io.physiowave.core.card.ModelChannel;
import io.physiowave.core.card.Windowing;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a model is told about the wearer of one device: scores of each label that follow from the
 * strengths of a window's channels ({@link ChannelStrengths}) and are added to the model's logits.
 * An armband sits a little different on every arm; a few windows of each gesture from the wearer
 * say how.
 *
 * <p>It holds for the named model whatever its version, as long as labels, channels and unit stay
 * the same.
 *
 * @param schema version of this form, {@value #SCHEMA}
 * @param stream the device's stream id
 * @param model name of the model, as on its card
 * @param created when it was made, ISO 8601
 * @param unit of the windows: V, mV or uV
 * @param channels names of the model's channels in order
 * @param labels scores, in the order of the model's labels
 */
public record StreamCalibration(
    int schema,
    String stream,
    String model,
    String created,
    String unit,
    List<String> channels,
    List<LabelScore> labels) {

  /** The version of the form that this class reads and writes. */
  public static final int SCHEMA = 1;

  /** Most characters of a stream id. */
  private static final int LONGEST_STREAM = 200;

  public StreamCalibration {
    if (schema != SCHEMA) {
      throw new InvalidCalibrationException(
          "schema is " + schema + "; this version reads schema " + SCHEMA);
    }
    if (stream == null || stream.isBlank() || stream.length() > LONGEST_STREAM) {
      throw new InvalidCalibrationException(
          "stream is " + quoted(stream) + "; expected a stream id of 1 to 200 characters");
    }
    if (model == null || model.isBlank()) {
      throw new InvalidCalibrationException(
          "model is " + quoted(model) + "; expected the name on a model's card");
    }
    if (unit == null || channels == null || labels == null) {
      throw new InvalidCalibrationException(
          "one of unit, channels and labels is missing; expected all of them");
    }
    created = Objects.requireNonNullElse(created, "");
    channels = List.copyOf(channels);
    labels = List.copyOf(labels);
    Set<String> names = new HashSet<>();
    for (LabelScore label : labels) {
      if (!names.add(label.label())) {
        throw new InvalidCalibrationException(
            "label '" + label.label() + "' appears twice; expected each once");
      }
      if (label.weights().size() != channels.size()) {
        throw new InvalidCalibrationException(
            "label '"
                + label.label()
                + "' has "
                + label.weights().size()
                + " weights for "
                + channels.size()
                + " channels; expected one a channel");
      }
    }
    if (labels.size() < 2 || channels.isEmpty()) {
      throw new InvalidCalibrationException(
          "there are "
              + labels.size()
              + " labels and "
              + channels.size()
              + " channels; expected two labels and one channel or more");
    }
  }

  private static String quoted(String text) {
    return text == null ? "missing" : "'" + text + "'";
  }

  /** The same for another device. */
  public StreamCalibration forStream(String other) {
    return new StreamCalibration(schema, other, model, created, unit, channels, labels);
  }

  /** Why it does not hold for a model, for people; empty when it does. */
  public String mismatch(ModelCard card) {
    if (!card.name().equals(model)) {
      return "it is for model " + model + ", not " + card.name();
    }
    List<String> named = labels.stream().map(LabelScore::label).toList();
    if (!card.labels().equals(named)) {
      return "its labels are " + named + ", those of " + model + " are " + card.labels();
    }
    List<String> rows = channelNames(card);
    if (!rows.equals(channels)) {
      return "its channels are " + channels + ", those of " + model + " are " + rows;
    }
    if (!card.unit().equals(unit)) {
      return "its unit is " + unit + ", that of " + model + " is " + card.unit();
    }
    return card.windowing() instanceof Windowing.Sliding
        ? ""
        : model + " answers beats, which have no calibration";
  }

  static List<String> channelNames(ModelCard card) {
    return card.channels().stream().map(ModelChannel::name).toList();
  }
}
