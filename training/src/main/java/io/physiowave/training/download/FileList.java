package io.physiowave.training.download;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of a data set as the publisher lists them, read from a list on disk: PhysioNet's {@code
 * SHA256SUMS.txt} or a Zenodo record.
 */
final class FileList {
  private static final Pattern SUM_LINE = Pattern.compile("([0-9A-Fa-f]{64})[ \\t]+\\*?(.+)");

  private FileList() {}

  /** Takes files one by one. */
  @FunctionalInterface
  interface Sink {
    void accept(RemoteFile file) throws IOException;
  }

  /**
   * Reads lines {@code SHA-256, blank, path}.
   *
   * @param list on disk
   * @param base address that the paths are below, with a slash at the end
   * @param wanted what must occur in a path
   * @return number of files that were wanted
   * @throws IOException if a line is malformed; names the line
   */
  static long sha256Sums(Path list, URI base, Pattern wanted, Sink sink) throws IOException {
    long count = 0;
    try (BufferedReader lines = Files.newBufferedReader(list, StandardCharsets.UTF_8)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        Matcher sum = SUM_LINE.matcher(line.strip());
        if (!sum.matches()) {
          throw new DownloadException(
              list + " line " + number + ": '" + line + "'; expected a SHA-256 and a path");
        }
        String path = sum.group(2);
        if (wanted.matcher(path).find()) {
          count++;
          sink.accept(file(list, path, base.resolve(encoded(path)), Checksum.sha256(sum.group(1))));
        }
      }
    }
    return count;
  }

  /**
   * Reads the JSON of a Zenodo record: {@code files[].key}, {@code .checksum} and {@code
   * .links.self}.
   *
   * @param wanted what must occur in a file's name
   * @return number of files that were wanted
   */
  static long zenodoRecord(Path record, Pattern wanted, Sink sink) throws IOException {
    JsonNode files;
    try {
      files = JsonMapper.builder().build().readTree(record.toFile()).path("files");
    } catch (JsonProcessingException e) {
      throw new DownloadException(record + ": not JSON: " + e.getOriginalMessage(), e);
    }
    long count = 0;
    for (JsonNode file : files) {
      String name = file.path("key").asText();
      String sum = file.path("checksum").asText();
      String address = file.path("links").path("self").asText();
      if (name.isEmpty() || !sum.startsWith("md5:") || address.isEmpty()) {
        throw new DownloadException(
            record + ": file " + file + "; expected key, checksum 'md5:...' and links.self");
      }
      if (wanted.matcher(name).find()) {
        count++;
        sink.accept(
            file(
                record,
                name,
                URI.create(address.replace(" ", "%20")),
                Checksum.md5(sum.substring("md5:".length()))));
      }
    }
    return count;
  }

  private static RemoteFile file(Path list, String name, URI address, Checksum checksum)
      throws DownloadException {
    try {
      return new RemoteFile(name, address, Optional.of(checksum));
    } catch (IllegalArgumentException e) {
      throw new DownloadException(list + ": " + e.getMessage(), e);
    }
  }

  /** A path as it stands in an address. */
  private static String encoded(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
