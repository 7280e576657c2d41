package io.physiowave.streaming.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a job finds the models that it knows by their hash: at the address of their release, and as
 * a copy in its {@link ModelStore}, if it has one. Either will do, since the hash tells.
 *
 * <p>To serve, the copy comes first: the store lies with the checkpoints, without which a job does
 * not go on anyway, so that a restart depends on nothing more, waits for no server that hangs, and
 * finds out whether the copy is still good. A model that is to be checked is read at its address
 * first, since that is what the check is about.
 */
public final class ModelFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);

  /** As long as a web server has. */
  private static final Duration COPY = Duration.ofMinutes(2);

  /** A copy is at hand, and somebody waits for the answer of the check. */
  private static final Duration ADDRESS = Duration.ofSeconds(10);

  private final Optional<ModelStore> store;
  private final Duration copyLimit;
  private final Duration addressLimit;

  ModelFiles(Optional<ModelStore> store, Duration copyLimit, Duration addressLimit) {
    this.store = store;
    this.copyLimit = copyLimit;
    this.addressLimit = addressLimit;
  }

  /**
   * Model files of a job.
   *
   * @param store folder of the job's store, empty for none
   */
  public static ModelFiles with(String store) {
    return new ModelFiles(
        store.isEmpty() ? Optional.empty() : Optional.of(new ModelStore(store)), COPY, ADDRESS);
  }

  /** A file that was found, named by the address of its release. */
  public static final class Found {
    private final ModelFile file;
    private final Optional<ModelStore> lacking;

    private Found(ModelFile file, Optional<ModelStore> lacking) {
      this.file = file;
      this.lacking = lacking;
    }

    /** Its content. */
    public byte[] bytes() {
      return file.bytes();
    }

    /** Has the store keep it, if there is one that lacks it. Close the copy after use. */
    public KeptCopy keep() {
      return lacking.map(store -> KeptCopy.start(store, file)).orElseGet(KeptCopy::there);
    }
  }

  /**
   * Reads a model that is to serve.
   *
   * @param location address of its release
   * @throws ModelRefusedException when neither place has the file
   */
  public Found read(String location, String sha256) throws IOException {
    if (store.isEmpty()) {
      return new Found(ModelFile.read(location).require(sha256), store);
    }
    ModelRefusedException unusable;
    try {
      return new Found(copy(sha256).named(location), Optional.empty());
    } catch (ModelRefusedException e) {
      unusable = e;
    }
    ModelFile file = readWithoutCopy(location, sha256, unusable);
    if (!isMissing(unusable)) {
      LOG.warn("{}; the model is read from {}", unusable.getMessage(), location);
    }
    return new Found(file, store);
  }

  /**
   * Reads a model that is announced: at its address, as whoever announced it meant. Where that
   * fails, a copy will do, which only a job that has had the model has.
   *
   * @param location address of its release
   * @throws ModelRefusedException when neither place has the file
   */
  public ModelFile readAnnounced(String location, String sha256) throws IOException {
    if (store.isEmpty()) {
      return ModelFile.read(location).require(sha256);
    }
    ModelFile copy;
    try {
      copy = copy(sha256);
    } catch (ModelRefusedException unusable) {
      return readWithoutCopy(location, sha256, unusable);
    }
    try {
      return LimitedAccess.within(
          addressLimit, location, () -> ModelFile.read(location).require(sha256));
    } catch (ModelRefusedException e) {
      LOG.warn("{}; its copy {} is used", e.getMessage(), copy.location());
      return copy.named(location);
    }
  }

  private ModelFile copy(String sha256) throws IOException {
    return LimitedAccess.within(
        copyLimit, store.get().place(sha256), () -> store.get().read(sha256));
  }

  private static boolean isMissing(ModelRefusedException failure) {
    return failure.getCause() instanceof FileNotFoundException
        || failure.getCause() instanceof NoSuchFileException;
  }

  private static ModelFile readWithoutCopy(
      String location, String sha256, ModelRefusedException unusable) throws IOException {
    try {
      return ModelFile.read(location).require(sha256);
    } catch (ModelRefusedException e) {
      throw new ModelRefusedException(
          e.getMessage() + "; and no copy of it can be used: " + unusable.getMessage(), e);
    }
  }
}
