package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import io.physiowave.streaming.control.ModelRelease;
import io.physiowave.streaming.model.FlinkFileSystems;
import io.physiowave.streaming.model.ModelFile;
import io.physiowave.streaming.model.ServedModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code physiowave models publish}. */
@Command(name = "publish", description = "Makes a model file known; it does not serve yet.")
final class PublishModel implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  /** One letter before the colon is a drive. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  @Parameters(
      paramLabel = "<file>",
      description = "ONNX file with its card: a path, or an address that task managers read too.")
  private String file;

  @Option(
      names = "--location",
      paramLabel = "<uri>",
      description =
          "Where task managers find the same file; default the address, or the absolute path.")
  private String location;

  @Option(names = "--activate", description = "Have it serve at once.")
  private boolean activate;

  @Override
  public Integer call() throws Exception {
    FlinkFileSystems.loadPlugins(System.getenv());
    ServedModel model = ModelFile.read(file).served();
    String where = location == null ? address() : location;
    String name = model.card().name();
    String version = model.card().version();
    try (ControlTopics topics = connection.connect()) {
      Map<String, ModelDeployment> all = topics.deployments();
      ModelDeployment before =
          all.getOrDefault(name, ModelDeployment.empty(name)).withoutEndedTrial(all.values());
      ModelDeployment published = before.publish(ModelRelease.of(model, where)).after(before);
      if (activate) {
        ModelDeployment wanted = published.activate(version);
        connection.change(topics, published, wanted, ModelsConnection.serves(wanted));
      } else {
        topics.write(published);
        connection
            .out()
            .println(name + " " + version + " is published; activate it to have it serve");
      }
    }
    return 0;
  }

  private String address() {
    return SCHEME.matcher(file).matches()
        ? file
        : Path.of(file).toAbsolutePath().normalize().toString();
  }
}
