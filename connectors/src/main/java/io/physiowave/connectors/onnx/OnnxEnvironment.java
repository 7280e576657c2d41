package io.physiowave.connectors.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps ONNX Runtime's native environment to the end of the process.
 *
 * <p>{@link OrtEnvironment} has a shutdown hook that releases it, while other threads may still
 * load models or run them: shutdown hooks and threads run at the same time, and nothing puts one
 * hook behind another. What such a thread touches then is freed, and the process that should only
 * have ended crashes instead. The native environment counts its references, and goes with the last
 * one. So this class takes one, before all others, that nobody gives back; the hook gives back
 * another, and nothing is freed under a thread that computes. The operating system takes the memory
 * at the end, as it does all the rest.
 *
 * <p>The library has no public call for a second reference, so a private one is used. Where a
 * version does not have it, that is logged, models work all the same, and a test fails.
 */
public final class OnnxEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxEnvironment.class);

  /** Warnings and errors, as {@link OrtEnvironment#getEnvironment()} has it. */
  private static final int LOGGING_LEVEL = 2;

  /** Whether the reference is held; null before the first try. */
  private static Boolean kept;

  private OnnxEnvironment() {}

  /**
   * The environment, which outlives whatever still computes when the process ends. Where DJL is
   * used, too, its engine must be set up before.
   *
   * @throws LinkageError when ONNX Runtime's native library does not load
   */
  public static OrtEnvironment get() {
    keep();
    return OrtEnvironment.getEnvironment();
  }

  /**
   * Sees to it that the environment stays, whoever sets it up afterwards, DJL for example; to be
   * called before the process has its first session. Further calls do nothing.
   *
   * @return whether it stays; false with a version of ONNX Runtime that is made otherwise
   * @throws LinkageError when ONNX Runtime's native library does not load
   */
  public static synchronized boolean keep() {
    if (kept == null) {
      kept = takeReference();
    }
    return kept;
  }

  private static boolean takeReference() {
    // Loads the native library, without which there is no API to ask.
    LOG.debug("ONNX Runtime has the providers {}", OrtEnvironment.getAvailableProviders());
    try {
      Class<?> environment = OrtEnvironment.class;
      Class<?> runtime =
          Class.forName(
              environment.getPackageName() + ".OnnxRuntime", true, environment.getClassLoader());
      Field api = runtime.getDeclaredField("ortApiHandle");
      Method create =
          environment.getDeclaredMethod("createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      create.setAccessible(true);
      create.invoke(null, api.getLong(null), LOGGING_LEVEL, OrtEnvironment.DEFAULT_NAME);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn(
          "this version of ONNX Runtime does not let its environment be kept, so a process that is"
              + " told to end while it loads or runs a model may crash instead: {}",
          e.toString());
      return false;
    }
  }
}
