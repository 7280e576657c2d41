package io.physiowave.benchmarks.load;

import io.physiowave.core.frame.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of devices that go on for ever, encoded beforehand: after some each device begins anew, as
 * whoever takes them looks at each by itself.
 */
public final class DeviceFrames {
  private static final double RATE_HZ = 200;
  private static final String SESSION = "bench";

  private final List<byte[][]> byDevice;
  private final int valuesPerFrame;

  private DeviceFrames(List<byte[][]> byDevice, int valuesPerFrame) {
    this.byDevice = byDevice;
    this.valuesPerFrame = valuesPerFrame;
  }

  /**
   * Simulated arms: eight channels of EMG at 200 Hz with 16-bit samples.
   *
   * @param devices 1 or more
   * @param frameMillis signal in one frame, 5 or more
   * @param different frames of each device, 1 or more
   */
  public static DeviceFrames ofArms(int devices, double frameMillis, int different) {
    LoadShape shape = new LoadShape(devices, 1, RATE_HZ, frameMillis);
    int length = shape.frameSamples();
    SimulatedSignal signal = SimulatedSignal.of(Modality.EMG, RATE_HZ, different * length, 1);
    List<byte[][]> byDevice = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      byte[][] frames = new byte[different][];
      for (int i = 0; i < different; i++) {
        frames[i] =
            signal.frame("bench-%05d".formatted(device), SESSION, i * length, length, false);
      }
      byDevice.add(frames);
    }
    return new DeviceFrames(byDevice, length * signal.channels().size());
  }

  /** How many devices. */
  public int devices() {
    return byDevice.size();
  }

  /** Samples in one frame, all channels. */
  public int valuesPerFrame() {
    return valuesPerFrame;
  }

  /**
   * A frame as protobuf bytes, not to be changed.
   *
   * @param device 0 to devices - 1
   * @param number 0 or more
   */
  public byte[] frame(int device, int number) {
    byte[][] frames = byDevice.get(device);
    return frames[number % frames.length];
  }
}
