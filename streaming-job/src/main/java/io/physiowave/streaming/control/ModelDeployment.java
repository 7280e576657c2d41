package io.physiowave.streaming.control;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What operators want of one model: the value of a record of the models topic, whose key is the
 * model's name. The topic is compacted, so each record says everything.
 *
 * @param name the card's name
 * @param releases what was published, oldest first, at most {@value #MAXIMUM_RELEASES}
 * @param history versions in the order of their activation, the active one last; empty before the
 *     first activation
 */
public record ModelDeployment(String name, List<ModelRelease> releases, List<String> history) {
  /** Releases kept; the oldest ones that are not active go first. */
  public static final int MAXIMUM_RELEASES = 16;

  public ModelDeployment {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("model name is '" + name + "'; expected a name");
    }
    releases = releases == null ? List.of() : List.copyOf(releases);
    history = history == null ? List.of() : List.copyOf(history);
    for (String version : history) {
      requireRelease(name, releases, version);
    }
  }

  /** A model of which nothing is published yet. */
  public static ModelDeployment empty(String name) {
    return new ModelDeployment(name, List.of(), List.of());
  }

  private static ModelRelease requireRelease(
      String name, List<ModelRelease> releases, String version) {
    return releases.stream()
        .filter(release -> release.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model "
                        + name
                        + " has no release "
                        + version
                        + "; published are "
                        + releases.stream().map(ModelRelease::version).toList()));
  }

  /** The release that should serve, if any. */
  @JsonIgnore
  public Optional<ModelRelease> active() {
    return history.isEmpty()
        ? Optional.empty()
        : Optional.of(requireRelease(name, releases, history.get(history.size() - 1)));
  }

  /**
   * With one more release, which does not serve yet.
   *
   * @throws IllegalArgumentException when the version is published with another content
   */
  public ModelDeployment publish(ModelRelease release) {
    for (ModelRelease known : releases) {
      if (known.version().equals(release.version()) && !known.sha256().equals(release.sha256())) {
        throw new IllegalArgumentException(
            "model "
                + name
                + " "
                + release.version()
                + " is published with SHA-256 "
                + known.sha256()
                + "; a changed file needs a new version");
      }
    }
    List<ModelRelease> more = new ArrayList<>(releases);
    more.removeIf(known -> known.version().equals(release.version()));
    more.add(release);
    for (int i = 0; more.size() > MAXIMUM_RELEASES && i < more.size(); ) {
      if (history.contains(more.get(i).version())) {
        i++;
      } else {
        more.remove(i);
      }
    }
    return new ModelDeployment(name, more, history);
  }

  /**
   * With another release serving.
   *
   * @throws IllegalArgumentException when the version is not published
   */
  public ModelDeployment activate(String version) {
    requireRelease(name, releases, version);
    List<String> longer = new ArrayList<>(history);
    longer.remove(version);
    longer.add(version);
    return new ModelDeployment(
        name, releases, longer.subList(Math.max(0, longer.size() - 8), longer.size()));
  }

  /**
   * With the release serving that served before the active one.
   *
   * @throws IllegalArgumentException when there was none
   */
  public ModelDeployment rollback() {
    if (history.size() < 2) {
      throw new IllegalArgumentException(
          "model " + name + " has nothing to go back to; activated were " + history);
    }
    return new ModelDeployment(name, releases, history.subList(0, history.size() - 1));
  }
}
