package io.physiowave.connectors.recording.ninapro;

import io.physiowave.connectors.recording.MalformedRecordingException;
import io.physiowave.connectors.recording.RecordingException;
import io.physiowave.connectors.recording.RecordingNotFoundException;
import io.physiowave.connectors.recording.UnsupportedRecordingException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * Some matrices of a MAT 5 file; the others are passed over without being unpacked.
 *
 * @param file where they come from
 * @param matrices by name
 */
record MatMatrices(Path file, TreeMap<String, Matrix> matrices) {
  private static final String HDF5_TEXT = "MATLAB 7.3";

  /**
   * Reads matrices.
   *
   * @param names the matrices wanted; each must be there
   * @throws RecordingException if the file is missing, is no MAT 5 file, or lacks one
   */
  static MatMatrices read(Path file, Set<String> names) throws IOException {
    TreeMap<String, Matrix> found = new TreeMap<>();
    Set<String> others = new TreeSet<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      requireMat5(in, file);
      try (Source source = Sources.wrapInputStream(in)) {
        MatFile mat =
            Mat5.newReader(source)
                .disableSubsystemProcessing()
                .setEntryFilter(
                    header -> {
                      others.add(header.getName());
                      return names.contains(header.getName());
                    })
                .readMat();
        for (MatFile.Entry entry : mat.getEntries()) {
          if (entry.getValue() instanceof Matrix matrix && !matrix.isComplex()) {
            found.put(entry.getName(), matrix);
          }
        }
      }
    } catch (NoSuchFileException e) {
      throw new RecordingNotFoundException(file + ": no such file");
    } catch (RecordingException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new MalformedRecordingException(
          file + ": not a MAT 5 file that can be read: " + reason(e), e);
    }
    for (String name : names) {
      if (!found.containsKey(name)) {
        throw new MalformedRecordingException(
            file + ": has no matrix of real numbers '" + name + "'; it has " + others);
      }
    }
    return new MatMatrices(file, found);
  }

  private static void requireMat5(InputStream in, Path file) throws IOException {
    in.mark(HDF5_TEXT.length());
    byte[] start = in.readNBytes(HDF5_TEXT.length());
    in.reset();
    if (new String(start, StandardCharsets.ISO_8859_1).equals(HDF5_TEXT)) {
      throw new UnsupportedRecordingException(
          file + ": a MAT 7.3 file (HDF5); expected MAT 5, as Ninapro distributes it");
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getMessage().replaceAll("\\s*\\R\\s*", " ");
  }

  Matrix get(String name) {
    return matrices.get(name);
  }
}
