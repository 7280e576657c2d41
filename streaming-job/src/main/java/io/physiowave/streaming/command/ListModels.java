package io.physiowave.streaming.command;

import io.physiowave.streaming.control.ControlTopics;
import io.physiowave.streaming.control.ModelDeployment;
import io.physiowave.streaming.control.ModelRelease;
import io.physiowave.streaming.control.ModelStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code physiowave models list}. */
@Command(
    name = "list",
    description =
        "Lists what is published; * serves, ~ runs beside it as a shadow, %% serves a share of the"
            + " streams. Of several names for one kind of signal the one activated last serves; the"
            + " others say so.")
final class ListModels implements Callable<Integer> {
  @Mixin private ModelsConnection connection;

  @Override
  public Integer call() {
    try (ControlTopics topics = connection.connect()) {
      Map<String, ModelDeployment> deployments = topics.deployments();
      Map<String, ModelStatus> statuses =
          deployments.values().stream().anyMatch(ListModels::isTrial)
              ? topics.statuses()
              : Map.of();
      for (ModelDeployment deployment : deployments.values()) {
        Optional<ModelDeployment> successor = deployment.givenWayTo(deployments.values());
        Optional<ModelDeployment> ended = deployment.trialEndedBy(deployments.values());
        ModelDeployment holds = deployment.withoutEndedTrial(deployments.values());
        for (ModelRelease release : deployment.releases()) {
          connection
              .out()
              .printf(
                  "%s %-20s %-12s %s  %s%s%n",
                  mark(holds, release, successor.isPresent()),
                  deployment.name(),
                  release.version(),
                  release.sha256().substring(0, 12),
                  release.location(),
                  remark(holds, release, statuses)
                      + ended
                          .filter(other -> isOnTrial(deployment, release))
                          .map(ListModels::inPlaceOnTrial)
                          .orElse("")
                      + successor
                          .filter(other -> isActive(deployment, release))
                          .map(ListModels::inPlace)
                          .orElse(""));
        }
      }
      connection.out().flush();
    }
    return 0;
  }

  private static boolean isTrial(ModelDeployment deployment) {
    return deployment.shadow() != null || deployment.canary() != null;
  }

  private static boolean isActive(ModelDeployment deployment, ModelRelease release) {
    return deployment.active().filter(release::equals).isPresent();
  }

  private static boolean isOnTrial(ModelDeployment deployment, ModelRelease release) {
    return deployment.shadowRelease().filter(release::equals).isPresent()
        || deployment.canaryRelease().filter(release::equals).isPresent();
  }

  private static String inPlaceOnTrial(ModelDeployment successor) {
    return "  was on trial, which " + successor.name() + " has ended since";
  }

  private static String inPlace(ModelDeployment successor) {
    return "  was activated, but "
        + successor.name()
        + " was later and serves "
        + successor.active().orElseThrow().modality();
  }

  private static String mark(
      ModelDeployment deployment, ModelRelease release, boolean hasGivenWay) {
    if (isActive(deployment, release)) {
      return hasGivenWay ? " " : "*";
    }
    if (deployment.canaryRelease().filter(release::equals).isPresent()) {
      return "%";
    }
    return deployment.shadowRelease().filter(release::equals).isPresent() ? "~" : " ";
  }

  private static String remark(
      ModelDeployment deployment, ModelRelease release, Map<String, ModelStatus> statuses) {
    StringBuilder remark = new StringBuilder();
    boolean isCanary = deployment.canaryRelease().filter(release::equals).isPresent();
    boolean isShadow = deployment.shadowRelease().filter(release::equals).isPresent();
    if (isCanary) {
      remark.append(
          String.format(
              Locale.ROOT, "  %.4g %% of the streams", deployment.canary().share() * 100));
    }
    ModelStatus agreement = statuses.get(deployment.name() + "/agreement");
    if (isShadow && agreement != null && agreement.sha256().equals(release.sha256())) {
      remark.append(
          String.format(
              Locale.ROOT,
              "  agrees with %s on %.1f %% of %d windows",
              agreement.agreement().with(),
              agreement.agreement().share() * 100,
              agreement.agreement().windows()));
    }
    ModelStatus failed = statuses.get(deployment.name() + "/failure");
    if ((isCanary || isShadow) && failed != null && failed.sha256().equals(release.sha256())) {
      remark.append(
          "  failed at " + Instant.ofEpochMilli(failed.atMillis()) + ": " + failed.failure());
    }
    return remark.toString();
  }
}
