package io.physiowave.streaming.testing;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * Files of this machine under a scheme of their own, found as Flink finds the plugin of an object
 * store: {@code test-store:///tmp/model.onnx}.
 */
public final class TestFileSystem implements FileSystemFactory {
  private static final String SCHEME = "test-store";

  /** The address of a file. */
  public static String address(java.nio.file.Path file) {
    return SCHEME + "://" + file.toAbsolutePath();
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
    public boolean isDistributedFS() {
      return true;
    }

    @Override
    public Path getWorkingDirectory() {
      return new Path(SCHEME + ":///");
    }
  }
}
