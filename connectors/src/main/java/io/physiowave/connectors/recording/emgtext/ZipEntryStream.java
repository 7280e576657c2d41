package io.physiowave.connectors.recording.emgtext;

import io.physiowave.connectors.recording.RecordingNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** One entry of a zip file; closing it closes the zip file too. */
final class ZipEntryStream extends FilterInputStream {
  private final ZipFile zip;

  private ZipEntryStream(InputStream in, ZipFile zip) {
    super(in);
    this.zip = zip;
  }

  static InputStream open(Path path, String name) throws IOException {
    ZipFile zip = new ZipFile(path.toFile());
    try {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new RecordingNotFoundException(path + ": has no entry " + name + " any more");
      }
      return new ZipEntryStream(zip.getInputStream(entry), zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
