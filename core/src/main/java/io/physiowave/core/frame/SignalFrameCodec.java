package io.physiowave.core.frame;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.physiowave.core.wire.Int16Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;

/**
 * Between {@link SignalFrame} and its protobuf form, {@code physiowave.v1.SignalFrame}. {@link
 * SignalFrameJson} reads JSON.
 */
public final class SignalFrameCodec {
  private SignalFrameCodec() {}

  /**
   * Decodes protobuf bytes.
   *
   * @throws InvalidFrameException when the bytes are not a frame or a field breaks the contract
   */
  public static SignalFrame decode(byte[] bytes) {
    WireFields.requireFew(bytes);
    try {
      return fromMessage(io.physiowave.core.wire.SignalFrame.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidFrameException(
          "the " + bytes.length + " bytes are not a protobuf SignalFrame: " + e.getMessage(), e);
    }
  }

  /** Encodes with float32 samples, which every unit and range survives exactly. */
  public static byte[] encode(SignalFrame frame) {
    return toMessage(frame).toByteArray();
  }

  /**
   * Encodes with int16 samples, half the size, for sources that are digital to begin with.
   *
   * @param gain physical units per step, one a channel
   * @param offset physical value of step 0, one a channel
   * @throws InvalidFrameException when a sample is not within half a step of an int16 value's range
   */
  public static byte[] encodeInt16(SignalFrame frame, double[] gain, double[] offset) {
    int channels = frame.channels().size();
    int count = frame.sampleCount();
    ByteBuffer data =
        ByteBuffer.allocate(channels * count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample = 0; sample < count; sample++) {
      for (int channel = 0; channel < channels; channel++) {
        double raw = (frame.samples()[channel][sample] - offset[channel]) / gain[channel];
        long rounded = Math.round(raw);
        if (!(rounded >= Short.MIN_VALUE && rounded <= Short.MAX_VALUE) || Double.isNaN(raw)) {
          throw new InvalidFrameException(
              "sample "
                  + frame.samples()[channel][sample]
                  + " of channel "
                  + frame.channels().get(channel)
                  + " does not fit int16 with gain "
                  + gain[channel]
                  + " and offset "
                  + offset[channel]);
        }
        data.putShort((short) rounded);
      }
    }
    Int16Samples.Builder samples =
        Int16Samples.newBuilder().setData(UnsafeByteOperations.unsafeWrap(data.flip()));
    for (int channel = 0; channel < channels; channel++) {
      samples.addGain(gain[channel]).addOffset(offset[channel]);
    }
    return header(frame).setInt16(samples).build().toByteArray();
  }

  /** The message with float32 samples. */
  public static io.physiowave.core.wire.SignalFrame toMessage(SignalFrame frame) {
    int channels = frame.channels().size();
    int count = frame.sampleCount();
    ByteBuffer data =
        ByteBuffer.allocate(channels * count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample = 0; sample < count; sample++) {
      for (int channel = 0; channel < channels; channel++) {
        data.putFloat(frame.samples()[channel][sample]);
      }
    }
    return header(frame).setFloat32(UnsafeByteOperations.unsafeWrap(data.flip())).build();
  }

  private static io.physiowave.core.wire.SignalFrame.Builder header(SignalFrame frame) {
    var builder =
        io.physiowave.core.wire.SignalFrame.newBuilder()
            .setStreamId(frame.streamId())
            .setSessionId(frame.sessionId())
            .setModality(io.physiowave.core.wire.Modality.valueOf(frame.modality().name()))
            .setFirstSampleIndex(frame.firstSampleIndex())
            .setDeviceTimeMicros(frame.deviceTimeMicros())
            .setGatewayTimeMicros(frame.gatewayTimeMicros())
            .setSampleRateHz(frame.sampleRateHz())
            .addAllChannels(frame.channels())
            .setUnit(frame.unit())
            .setEndOfSession(frame.endOfSession());
    BitSet leadOff = frame.leadOff();
    if (!leadOff.isEmpty()) {
      for (int channel = 0; channel < frame.channels().size(); channel++) {
        builder.addLeadOff(leadOff.get(channel));
      }
    }
    return builder;
  }

  /** Decodes a parsed message. */
  public static SignalFrame fromMessage(io.physiowave.core.wire.SignalFrame message) {
    List<String> channels = message.getChannelsList();
    if (channels.isEmpty()) {
      throw new InvalidFrameException("channels is empty; expected 1 to 256 names");
    }
    float[][] samples =
        switch (message.getSamplesCase()) {
          case INT16 -> int16(message.getInt16(), channels.size());
          case FLOAT32 -> float32(message.getFloat32(), channels.size());
          case SAMPLES_NOT_SET ->
              throw new InvalidFrameException(
                  "the frame has neither int16 nor float32 samples; expected one of them");
        };
    BitSet leadOff = new BitSet();
    for (int channel = 0; channel < message.getLeadOffCount(); channel++) {
      leadOff.set(channel, message.getLeadOff(channel));
    }
    return new SignalFrame(
        message.getStreamId(),
        message.getSessionId(),
        modality(message.getModality()),
        message.getFirstSampleIndex(),
        message.getDeviceTimeMicros(),
        message.getGatewayTimeMicros(),
        message.getSampleRateHz(),
        channels,
        message.getUnit(),
        samples,
        leadOff,
        message.getEndOfSession());
  }

  private static Modality modality(io.physiowave.core.wire.Modality modality) {
    return switch (modality) {
      case ECG -> Modality.ECG;
      case EMG -> Modality.EMG;
      case EEG -> Modality.EEG;
      case MODALITY_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidFrameException(
              "modality is " + modality + "; expected one of ECG, EMG, EEG");
    };
  }

  private static float[][] int16(Int16Samples samples, int channels) {
    if (samples.getGainCount() != channels || samples.getOffsetCount() != channels) {
      throw new InvalidFrameException(
          "int16 has "
              + samples.getGainCount()
              + " gains and "
              + samples.getOffsetCount()
              + " offsets; expected "
              + channels
              + " of each, one a channel");
    }
    int count = perChannel(samples.getData().size(), channels, Short.BYTES);
    ByteBuffer data = samples.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[][] decoded = new float[channels][count];
    double[] gain = new double[channels];
    double[] offset = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      gain[channel] = samples.getGain(channel);
      offset[channel] = samples.getOffset(channel);
    }
    for (int sample = 0; sample < count; sample++) {
      for (int channel = 0; channel < channels; channel++) {
        decoded[channel][sample] = (float) (data.getShort() * gain[channel] + offset[channel]);
      }
    }
    return decoded;
  }

  private static float[][] float32(ByteString bytes, int channels) {
    int count = perChannel(bytes.size(), channels, Float.BYTES);
    ByteBuffer data = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[][] decoded = new float[channels][count];
    for (int sample = 0; sample < count; sample++) {
      for (int channel = 0; channel < channels; channel++) {
        decoded[channel][sample] = data.getFloat();
      }
    }
    return decoded;
  }

  private static int perChannel(int bytes, int channels, int width) {
    if (bytes % (channels * width) != 0) {
      throw new InvalidFrameException(
          "the samples take "
              + bytes
              + " bytes; expected a multiple of "
              + channels
              + " channels x "
              + width
              + " bytes");
    }
    return bytes / (channels * width);
  }
}
