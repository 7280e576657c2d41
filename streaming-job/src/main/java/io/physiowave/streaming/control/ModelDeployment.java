package io.physiowave.streaming.control;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What operators want of one model: the value of a record of the models topic, whose key is the
 * model's name. The topic is compacted, so each record says everything.
 *
 * @param name the card's name
 * @param releases what was published, oldest first, at most {@value #MAXIMUM_RELEASES}
 * @param history versions in the order of their activation, the active one last; empty before the
 *     first activation
 * @param shadow version whose labels are set beside those of the active one; null for none
 * @param canary version that serves a share of the streams; null for none
 * @param revision grows with each record of the model; 0 in records of the first release
 * @param activation grows with each activation, of whatever model: of several models for one kind
 *     of signal, the one activated last serves; 0 before the first, and in records of the first
 *     release
 * @param trial which of all activations and trials, counted together, the latest beginning of a
 *     shadow or canary is: what came later of another model for the same kind of signal has ended
 *     it; 0 without one, and in records of earlier releases, which begin it whenever they are read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelDeployment(
    String name,
    List<ModelRelease> releases,
    List<String> history,
    String shadow,
    CanaryRelease canary,
    long revision,
    long activation,
    long trial) {
  /** Releases kept; the oldest ones that are not in use go first. */
  public static final int MAXIMUM_RELEASES = 16;

  private static final int MAXIMUM_HISTORY = 8;

  public ModelDeployment {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("model name is '" + name + "'; expected a name");
    }
    releases = releases == null ? List.of() : List.copyOf(releases);
    history = history == null ? List.of() : List.copyOf(history);
    for (String version : history) {
      requireRelease(name, releases, version);
    }
    if (shadow != null) {
      requireRelease(name, releases, shadow);
    }
    if (canary != null) {
      requireRelease(name, releases, canary.version());
    }
    trial = shadow == null && canary == null ? 0 : trial;
  }

  /** A model of which nothing is published yet. */
  public static ModelDeployment empty(String name) {
    return new ModelDeployment(name, List.of(), List.of(), null, null, 0, 0, 0);
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
   * The name that serves in place of this one's active release: of those for the same kind of
   * signal the one activated last, if that is another.
   *
   * @param all what is wanted of every name
   */
  public Optional<ModelDeployment> givenWayTo(Collection<ModelDeployment> all) {
    return all.stream()
        .filter(other -> other.isActivatedAfter(name, activation) && other.servesLike(this))
        .max(
            Comparator.comparingLong(ModelDeployment::activation)
                .thenComparing(ModelDeployment::name));
  }

  /**
   * Whether the name was activated after another one. Two operators who do so at the same moment
   * count alike: of two names with one count the later in the alphabet is taken for the later, so
   * that the answer hangs on no order of the records.
   */
  boolean isActivatedAfter(String other, long itsActivation) {
    return activation == itsActivation
        ? activation > 0 && name.compareTo(other) > 0
        : activation > itsActivation;
  }

  private boolean servesLike(ModelDeployment other) {
    return isAlike(active(), other.active());
  }

  private static boolean isAlike(Optional<ModelRelease> one, Optional<ModelRelease> other) {
    Optional<String> kind = one.map(ModelRelease::modality);
    return kind.isPresent() && kind.equals(other.map(ModelRelease::modality));
  }

  /**
   * The name that has ended what this one has on trial: of those that were activated, or began a
   * trial, later and for the same kind of signal the last one.
   *
   * @param all what is wanted of every name
   */
  public Optional<ModelDeployment> trialEndedBy(Collection<ModelDeployment> all) {
    if (trial == 0) {
      return Optional.empty();
    }
    return all.stream()
        .filter(other -> !other.name.equals(name))
        .filter(
            other ->
                (isAlike(onTrial(), other.active()) && isTrialBeforeActivation(other.activation))
                    || (isAlike(onTrial(), other.onTrial())
                        && isTrialBeforeTrial(other.name, other.trial)))
        .max(Comparator.comparingLong(other -> Math.max(other.activation, other.trial)));
  }

  private Optional<ModelRelease> onTrial() {
    return shadowRelease().or(this::canaryRelease);
  }

  /** Whether an activation of another name came later; of two at the same moment it counts so. */
  boolean isTrialBeforeActivation(long its) {
    return trial > 0 && its >= trial;
  }

  /** Whether a trial of another name came later; of two at the same moment as activations do. */
  boolean isTrialBeforeTrial(String other, long its) {
    return trial > 0 && (its == trial ? other.compareTo(name) > 0 : its > trial);
  }

  /** The release that should run beside, if any. */
  @JsonIgnore
  public Optional<ModelRelease> shadowRelease() {
    return Optional.ofNullable(shadow).map(version -> requireRelease(name, releases, version));
  }

  /** The release that should serve a share of the streams, if any. */
  @JsonIgnore
  public Optional<ModelRelease> canaryRelease() {
    return Optional.ofNullable(canary)
        .map(release -> requireRelease(name, releases, release.version()));
  }

  /** Every release that should do something: serve, run beside, or serve a share. */
  Stream<ModelRelease> wanted() {
    return Stream.of(active(), shadowRelease(), canaryRelease()).flatMap(Optional::stream);
  }

  /** The same as the record that follows another one. */
  public ModelDeployment after(ModelDeployment last) {
    return new ModelDeployment(
        name, releases, history, shadow, canary, last.revision + 1, activation, trial);
  }

  /** The same, its activation the latest of all activations and trials. */
  public ModelDeployment activatedAfter(Collection<ModelDeployment> others) {
    long next = Math.max(activation, latest(others) + 1);
    return new ModelDeployment(name, releases, history, shadow, canary, revision, next, trial);
  }

  /** The same, its trial the latest of all activations and trials. */
  public ModelDeployment triedAfter(Collection<ModelDeployment> others) {
    long next = Math.max(trial, latest(others) + 1);
    return new ModelDeployment(name, releases, history, shadow, canary, revision, activation, next);
  }

  private static long latest(Collection<ModelDeployment> all) {
    return all.stream().mapToLong(one -> Math.max(one.activation, one.trial)).max().orElse(0);
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
      if (isInUse(more.get(i).version())) {
        i++;
      } else {
        more.remove(i);
      }
    }
    return new ModelDeployment(name, more, history, shadow, canary, revision, activation, trial);
  }

  private boolean isInUse(String version) {
    return history.contains(version)
        || version.equals(shadow)
        || (canary != null && version.equals(canary.version()));
  }

  /**
   * With another release serving all streams; it is no longer on trial.
   *
   * @throws IllegalArgumentException when the version is not published
   */
  public ModelDeployment activate(String version) {
    requireRelease(name, releases, version);
    List<String> longer = new ArrayList<>(history);
    longer.remove(version);
    longer.add(version);
    return new ModelDeployment(
        name,
        releases,
        longer.subList(Math.max(0, longer.size() - MAXIMUM_HISTORY), longer.size()),
        version.equals(shadow) ? null : shadow,
        canary != null && version.equals(canary.version()) ? null : canary,
        revision,
        Math.max(activation, trial) + 1,
        trial);
  }

  /**
   * With a release beside the one that serves.
   *
   * @throws IllegalArgumentException when the version is not published, or serves
   */
  public ModelDeployment withShadow(String version) {
    requireNotActive(version);
    return trying(version, canary);
  }

  /**
   * With a release serving a share of the streams.
   *
   * @throws IllegalArgumentException when the version is not published, or serves, or the share is
   *     not more than 0 and less than 1
   */
  public ModelDeployment withCanary(String version, double share) {
    requireNotActive(version);
    return trying(shadow, new CanaryRelease(version, share));
  }

  private ModelDeployment trying(String beside, CanaryRelease share) {
    long next = Math.max(activation, trial) + 1;
    return new ModelDeployment(name, releases, history, beside, share, revision, activation, next);
  }

  private void requireNotActive(String version) {
    requireRelease(name, releases, version);
    if (active().filter(release -> release.version().equals(version)).isPresent()) {
      throw new IllegalArgumentException(
          "model " + name + " " + version + " serves already; expected another version");
    }
  }

  /**
   * With what is on trial serving all streams: the canary, or without one the shadow.
   *
   * @throws IllegalArgumentException when nothing is on trial
   */
  public ModelDeployment promote() {
    if (canary == null && shadow == null) {
      throw new IllegalArgumentException(
          "model " + name + " has neither canary nor shadow to promote");
    }
    return activate(canary == null ? shadow : canary.version());
  }

  /**
   * With nothing on trial.
   *
   * @throws IllegalArgumentException when nothing is
   */
  public ModelDeployment stop() {
    if (canary == null && shadow == null) {
      throw new IllegalArgumentException(
          "model " + name + " has neither canary nor shadow to stop");
    }
    return new ModelDeployment(name, releases, history, null, null, revision, activation, 0);
  }

  /** The same without a trial that another name {@link #trialEndedBy has ended}. */
  public ModelDeployment withoutEndedTrial(Collection<ModelDeployment> all) {
    return trialEndedBy(all).isPresent() ? stop() : this;
  }

  /**
   * With the release serving that served before the active one; if that is on trial, it no longer
   * is.
   *
   * @throws IllegalArgumentException when there was none
   */
  public ModelDeployment rollback() {
    if (history.size() < 2) {
      throw new IllegalArgumentException(
          "model " + name + " has nothing to go back to; activated were " + history);
    }
    List<String> shorter = history.subList(0, history.size() - 1);
    return new ModelDeployment(name, releases, shorter, shadow, canary, revision, activation, trial)
        .activate(shorter.get(shorter.size() - 1));
  }
}
