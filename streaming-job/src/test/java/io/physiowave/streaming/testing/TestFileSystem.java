package io.physiowave.streaming.testing;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * Files of this machine under a scheme of their own, found as Flink finds the plugin of an object
 * store: {@code test-store:///tmp/model.onnx}. A file can be made to hang, or the machine to break
 * when it is opened. What is there is not replaced by renaming, as in HDFS.
 */
public final class TestFileSystem implements FileSystemFactory {
  private static final String SCHEME = "test-store";
  private static final Map<String, CountDownLatch> HELD = new ConcurrentHashMap<>();
  private static final Map<String, Error> BREAKING = new ConcurrentHashMap<>();
  private static final Set<String> AWAITED = ConcurrentHashMap.newKeySet();

  /** The address of a file. */
  public static String address(java.nio.file.Path file) {
    return SCHEME + "://" + file.toAbsolutePath();
  }

  /** Has everybody who opens a file wait from now on. */
  public static Held hold(java.nio.file.Path file) {
    String path = file.toAbsolutePath().toString();
    CountDownLatch latch = new CountDownLatch(1);
    AWAITED.remove(path);
    HELD.put(path, latch);
    return new Held(path, latch);
  }

  /** Has the machine break when a file is opened, this once. */
  public static void breakAt(java.nio.file.Path file, Error failure) {
    BREAKING.put(file.toAbsolutePath().toString(), failure);
  }

  /** A file that hangs until closed. */
  public static final class Held implements AutoCloseable {
    private final String path;
    private final CountDownLatch latch;

    private Held(String path, CountDownLatch latch) {
      this.path = path;
      this.latch = latch;
    }

    /** Whether somebody has waited for it. */
    public boolean isAwaited() {
      return AWAITED.contains(path);
    }

    @Override
    public void close() {
      HELD.remove(path);
      latch.countDown();
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem create(URI uri) {
    return new Store();
  }

  private static final class Store extends LocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create(SCHEME + ":///");
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
      Error failure = BREAKING.remove(path.getPath());
      if (failure != null) {
        throw failure;
      }
      CountDownLatch latch = HELD.get(path.getPath());
      if (latch != null) {
        AWAITED.add(path.getPath());
        try {
          latch.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while " + path + " hung", e);
        }
      }
      return super.open(path);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      // In one step, as HDFS does.
      synchronized (Store.class) {
        return !exists(to) && super.rename(from, to);
      }
    }

    @Override
    public boolean isDistributedFS() {
      return true;
    }

    @Override
    public Path getWorkingDirectory() {
      return new Path(SCHEME + ":///");
    }
  }
}
