package io.physiowave.streaming.testing;

import com.google.protobuf.ByteString;
import io.physiowave.core.wire.Int16Samples;
import io.physiowave.core.wire.Modality;
import io.physiowave.core.wire.SignalFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Records of the frames topic as broken, confused or malicious devices might write them, drawn by a
 * seed: sessions that go on for the most part, so that state is built up, whose frames have one or
 * two fields that no sound device would send.
 */
public final class HostileRecords {
  private static final int STREAMS = 12;
  private static final long[] INDICES = {
    -1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, (1L << 40) - 40, 1L << 32
  };

  /** Largest index that a frame may have. */
  private static final long LAST = 1L << 40;

  private static final long[] MICROS = {
    -1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, TestSignals.START_MICROS, 253_402_300_800_000_000L
  };
  private static final double[] RATES = {
    200, 250, 0, -200, 1e-300, 1e-3, 20, 50, 1e5, 1e9, 1e300, Double.NaN, Double.POSITIVE_INFINITY
  };
  private static final double[] GAINS = {
    1, 0, -1, 1e-300, 1e30, 1e300, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE
  };
  private static final float[] VALUES = {
    0,
    -0f,
    1,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    1e9f,
    -1e9f,
    9.9e8f,
    Float.MIN_VALUE
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "session",
    "\n{\"a\":1}",
    "\u0000",
    "ε\uD83D\uDE00",
    "x".repeat(255),
    "y".repeat(9_000)
  };

  /** What may stand where a JSON object with certain fields should. */
  private static final String[] JSON = {
    "null",
    "{}",
    "[]",
    "1e999",
    "\"\\ud800\"",
    "[".repeat(5_000),
    "{\"name\":\"test-emg\"",
    "{\"name\":\"test-emg\",\"releases\":[null],\"labels\":[null]}",
    "{\"name\":\"test-emg\",\"history\":[\"9\"],\"revision\":1e99}",
    "{\"name\":\"test-emg\",\"canary\":{\"version\":null,\"share\":\"NaN\"}}",
    "{\"name\":\"test-emg\",\"history\":[],\"shadow\":null,\"activation\":-1}",
    "{\"schema\":1,\"stream\":null,\"channels\":null,\"labels\":[{}]}"
  };

  private static final long SHIFT = 1_000;

  private final SplittableRandom random;
  private long count;
  private int texts;
  private final List<Device> devices = new ArrayList<>();

  /** Records that follow from a seed. */
  public HostileRecords(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < STREAMS; i++) {
      devices.add(new Device("hostile-" + i, i % 2 == 0));
    }
  }

  /**
   * A record.
   *
   * @param key null for none
   * @param value null for none
   */
  public record Hostile(byte[] key, byte[] value) {}

  /** The next record. */
  public Hostile next() {
    // Some are silent for a while, and come back.
    int awake = (int) (count++ / SHIFT) % STREAMS;
    Device device = devices.get((awake + random.nextInt(STREAMS / 2)) % STREAMS);
    byte[] key = device.stream.getBytes(StandardCharsets.UTF_8);
    byte[] value = device.next().toByteArray();
    return switch (random.nextInt(60)) {
      case 0 -> new Hostile(null, value);
      case 1 -> new Hostile(key, null);
      case 2 ->
          new Hostile(TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8), value);
      case 3 -> new Hostile(key, truncated(value));
      case 4 -> new Hostile(key, flipped(value));
      default -> new Hostile(key, value);
    };
  }

  /** A record under the key of another one whose value is JSON, one after the other. */
  public Hostile json(Hostile record) {
    return new Hostile(record.key(), JSON[texts++ % JSON.length].getBytes(StandardCharsets.UTF_8));
  }

  private byte[] truncated(byte[] value) {
    return Arrays.copyOf(value, random.nextInt(value.length + 1));
  }

  private byte[] flipped(byte[] value) {
    byte[] flipped = value.clone();
    for (int i = 0; i < 3; i++) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /** One device, which goes on where it was unless something odd happens. */
  private final class Device {
    private final String stream;
    private final boolean isHeart;
    private String session = "s0";
    private long next;
    private long clockMicros = TestSignals.START_MICROS;
    private double rate;

    Device(String stream, boolean isHeart) {
      this.stream = stream;
      this.isHeart = isHeart;
      rate = isHeart ? 250 : 200;
    }

    SignalFrame next() {
      wander();
      int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 2_000 : 60);
      SignalFrame.Builder frame =
          SignalFrame.newBuilder()
              .setStreamId(stream)
              .setSessionId(session)
              .setModality(isHeart ? Modality.ECG : Modality.EMG)
              .setFirstSampleIndex(next)
              .setDeviceTimeMicros(clockMicros)
              .setSampleRateHz(rate)
              .setUnit("mV")
              .setEndOfSession(random.nextInt(200) == 0);
      List<String> channels = isHeart ? List.of("II") : TestSignals.CHANNELS;
      frame.addAllChannels(channels);
      fill(frame, channels.size(), count);
      next += count;
      clockMicros += Math.round(count * 1e6 / rate);
      if (random.nextInt(4) == 0) {
        spoil(frame);
      }
      if (random.nextInt(12) == 0) {
        spoil(frame);
      }
      return frame.build();
    }

    /** What happens to devices: lost and repeated frames, restarts, clocks that jump. */
    private void wander() {
      switch (random.nextInt(300)) {
        case 0, 1, 2 -> next += random.nextInt(2_000);
        case 3, 4, 5, 6, 7 -> next = Math.max(0, next - random.nextInt(400));
        case 8 -> next = 0;
        case 9, 10 -> {
          session = "s" + random.nextInt(1_000_000);
          next = random.nextInt(500);
        }
        case 11 -> {
          session = "s0";
          next = 0;
        }
        case 12 -> clockMicros = MICROS[random.nextInt(MICROS.length)];
        case 13, 14 -> clockMicros += (random.nextInt(7) - 3) * 3_600_000_000L;
        case 15 -> next = LAST - random.nextInt(3_000);
        case 16 -> rate = isHeart ? 240 + random.nextInt(20) : 190 + random.nextInt(20);
        case 17 -> rate = isHeart ? 250 : 200;
        default -> {}
      }
    }

    private void fill(SignalFrame.Builder frame, int channels, int count) {
      int odd = random.nextInt(30);
      ByteBuffer bytes =
          ByteBuffer.allocate(channels * count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        for (int channel = 0; channel < channels; channel++) {
          double phase = Math.floorMod(next + i, 200L) - 100;
          float value =
              isHeart
                  ? (float) (1.5 * Math.exp(-phase * phase / 18))
                  : TestSignals.level(Math.floorMod(next + i, 100_000L));
          if (odd == 0 || (odd == 1 && random.nextInt(20) == 0)) {
            value = VALUES[random.nextInt(VALUES.length)];
          }
          bytes.putFloat(value);
        }
      }
      frame.setFloat32(ByteString.copyFrom(bytes.array()));
    }

    private void spoil(SignalFrame.Builder frame) {
      switch (random.nextInt(14)) {
        case 0 -> frame.setStreamId(TEXTS[random.nextInt(TEXTS.length)]);
        case 1 -> frame.setSessionId(TEXTS[random.nextInt(TEXTS.length)]);
        case 2 -> frame.setModalityValue(random.nextInt(6) - 1);
        case 3 -> frame.setFirstSampleIndex(INDICES[random.nextInt(INDICES.length)]);
        case 4 -> frame.setDeviceTimeMicros(MICROS[random.nextInt(MICROS.length)]);
        case 5 -> frame.setGatewayTimeMicros(MICROS[random.nextInt(MICROS.length)]);
        case 6 -> frame.setSampleRateHz(RATES[random.nextInt(RATES.length)]);
        case 7 -> frame.setUnit(TEXTS[random.nextInt(TEXTS.length)]);
        case 8 -> frame.clearChannels();
        case 9 -> {
          for (int i = random.nextInt(300); i > 0; i--) {
            frame.addChannels(TEXTS[random.nextInt(TEXTS.length)]);
          }
        }
        case 10 -> frame.setFloat32(ByteString.copyFrom(new byte[random.nextInt(4_000)]));
        case 11 -> {
          for (int i = random.nextInt(5); i > 0; i--) {
            frame.addLeadOff(random.nextBoolean());
          }
        }
        case 12 -> {
          Int16Samples.Builder samples = Int16Samples.newBuilder();
          byte[] data = new byte[2 * frame.getChannelsCount() * (1 + random.nextInt(50))];
          random.nextBytes(data);
          samples.setData(ByteString.copyFrom(data));
          int gains = random.nextInt(5) == 0 ? random.nextInt(4) : frame.getChannelsCount();
          for (int i = 0; i < gains; i++) {
            samples.addGain(GAINS[random.nextInt(GAINS.length)]);
            samples.addOffset(GAINS[random.nextInt(GAINS.length)]);
          }
          frame.setInt16(samples);
        }
        default -> frame.clearSamples();
      }
    }
  }
}
