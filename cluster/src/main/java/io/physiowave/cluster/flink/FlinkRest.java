package io.physiowave.cluster.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.physiowave.cluster.layout.ClusterFolder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Flink's REST API, as far as a job's life needs it. Safe for use by several threads.
 *
 * <p>Every method throws {@link FlinkUnavailableException} when the JobManager does not answer and
 * {@link FlinkRefusedException} when it answers that it cannot do what was asked.
 */
public final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Submitting runs the job's main method, which asks Kafka. */
  private static final Duration SUBMIT_PATIENCE = Duration.ofSeconds(90);

  /** A JobManager answers so from its start until it leads. */
  private static final int STARTING = HttpURLConnection.HTTP_UNAVAILABLE;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String address;

  /**
   * A client.
   *
   * @param port of the REST API on this machine
   */
  public FlinkRest(int port) {
    address = "http://localhost:" + port;
  }

  /** Address of the web interface. */
  public String address() {
    return address;
  }

  /** TaskManagers and slots: Flink's {@code /overview}. */
  public JsonNode overview() {
    return get("/overview");
  }

  /** Slots of all TaskManagers that are registered; 0 while the JobManager does not answer. */
  public int slots() {
    try {
      return overview().path("slots-total").asInt();
    } catch (FlinkUnavailableException e) {
      return 0;
    }
  }

  /** All jobs that the JobManager remembers, the latest first. */
  public List<JobSummary> jobs() {
    List<JobSummary> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      jobs.add(
          new JobSummary(
              job.path("jid").asText(),
              job.path("name").asText(),
              job.path("state").asText(),
              job.path("start-time").asLong(),
              job.path("tasks").path("total").asInt(),
              job.path("tasks").path("running").asInt()));
    }
    jobs.sort((a, b) -> Long.compare(b.startMillis(), a.startMillis()));
    return jobs;
  }

  /** The one job that has not ended, if any. */
  public Optional<JobSummary> activeJob() {
    return jobs().stream().filter(job -> !job.isOver()).findFirst();
  }

  /** What Flink knows of a job's checkpoints: {@code /jobs/:id/checkpoints}. */
  public JsonNode checkpoints(String job) {
    return get("/jobs/" + job + "/checkpoints");
  }

  /** A metric of a job; empty while there is none. */
  public Optional<String> jobMetric(String job, String name) {
    return metrics("/jobs/" + job + "/metrics?get=" + name).values().stream().findFirst();
  }

  /** Metrics by name: a path under which Flink lists metrics, with the names it is asked for. */
  public Map<String, String> metrics(String path) {
    Map<String, String> values = new java.util.TreeMap<>();
    get(path).forEach(metric -> values.put(metric.path("id").asText(), value(metric)));
    return values;
  }

  private static String value(JsonNode metric) {
    return metric.path("value").asText();
  }

  /** Why a job failed last; empty when it never did. */
  public String lastFailure(String job) {
    JsonNode entries = get("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries");
    return entries.isEmpty() ? "" : RootCause.of(entries.get(0).path("stacktrace").asText());
  }

  /**
   * Submits a jar and returns the job's id. The JobManager forgets the jar afterwards.
   *
   * @param mainClass what it runs
   * @param arguments of the main class
   * @param from savepoint or checkpoint to go on from; empty to begin anew
   */
  public String submit(Path jar, String mainClass, List<String> arguments, Optional<String> from) {
    String id = upload(jar);
    try {
      Map<String, Object> request =
          from.isPresent()
              ? Map.of(
                  "entryClass",
                  mainClass,
                  "programArgsList",
                  arguments,
                  "savepointPath",
                  from.get())
              : Map.of("entryClass", mainClass, "programArgsList", arguments);
      return send("POST", "/jars/" + id + "/run", jsonBody(request), "application/json")
          .path("jobid")
          .asText();
    } finally {
      send("DELETE", "/jars/" + id, BodyPublishers.noBody(), "application/json");
    }
  }

  private String upload(Path jar) {
    String boundary = "physiowave-" + UUID.randomUUID();
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + jar.getFileName()
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    try {
      BodyPublisher body =
          BodyPublishers.concat(
              BodyPublishers.ofString(head),
              BodyPublishers.ofFile(jar),
              BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
      String stored =
          send("POST", "/jars/upload", body, "multipart/form-data; boundary=" + boundary)
              .path("filename")
              .asText();
      return stored.substring(stored.lastIndexOf('/') + 1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(jar + " cannot be read", e);
    }
  }

  /** Ends a job where it stands. Its latest checkpoint stays. */
  public void cancel(String job) {
    send("PATCH", "/jobs/" + job + "?mode=cancel", BodyPublishers.noBody(), "application/json");
  }

  /**
   * Begins to stop a job with a savepoint.
   *
   * @return the request's id, for {@link #savepoint}
   */
  public String stopWithSavepoint(String job, Path directory) {
    return send(
            "POST",
            "/jobs/" + job + "/stop",
            jsonBody(Map.of("targetDirectory", ClusterFolder.forFlink(directory), "drain", false)),
            "application/json")
        .path("request-id")
        .asText();
  }

  /**
   * Where the savepoint is that was asked for; empty while it is being made.
   *
   * @throws FlinkRefusedException when it failed
   */
  public Optional<String> savepoint(String job, String request) {
    JsonNode answer = get("/jobs/" + job + "/savepoints/" + request);
    if (!answer.at("/status/id").asText().equals("COMPLETED")) {
      return Optional.empty();
    }
    JsonNode failure = answer.at("/operation/failure-cause");
    if (!failure.isMissingNode()) {
      throw new FlinkRefusedException(
          "the savepoint failed: " + RootCause.of(failure.path("stack-trace").asText()));
    }
    return Optional.of(answer.at("/operation/location").asText());
  }

  private JsonNode get(String path) {
    return send("GET", path, BodyPublishers.noBody(), "application/json");
  }

  private BodyPublisher jsonBody(Map<String, ?> content) {
    try {
      return BodyPublishers.ofByteArray(json.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new IllegalArgumentException(content + " has no JSON form", e);
    }
  }

  private JsonNode send(String method, String path, BodyPublisher body, String contentType) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", contentType)
            .timeout(path.endsWith("/run") ? SUBMIT_PATIENCE : PATIENCE)
            .method(method, body)
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() == STARTING) {
        throw new FlinkUnavailableException(refusal(path, response));
      }
      if (response.statusCode() / 100 != 2) {
        throw new FlinkRefusedException(refusal(path, response));
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new FlinkUnavailableException("the JobManager at " + address + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkUnavailableException("interrupted while asking " + address, e);
    }
  }

  private String refusal(String path, HttpResponse<byte[]> response) throws IOException {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    String cause =
        text.startsWith("{")
            ? RootCause.of(
                json.readTree(text)
                    .path("errors")
                    .path(json.readTree(text).path("errors").size() - 1)
                    .asText())
            : text.strip();
    return String.format(
        Locale.ROOT, "Flink refuses %s (HTTP %d): %s", path, response.statusCode(), cause);
  }
}
