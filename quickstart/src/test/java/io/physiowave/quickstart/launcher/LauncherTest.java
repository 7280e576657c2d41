package io.physiowave.quickstart.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher itself, run by the system's shell in a copy of the repository's outline. The wrapper
 * and the JDK are stand-ins that write down how they were called: what is tested is the script.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String VERSION = "9.8.7";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;
  private Path home;
  private Path jdk;
  private String profiles = "";
  private String javaExit = "0";
  private boolean withoutHome;
  private String locale = "";
  private String path = System.getenv("PATH");

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void layOutARepository() throws IOException {
    home = Files.createDirectories(directory.resolve("a clone"));
    Files.copy(repository().resolve("physiowave"), home.resolve("physiowave"));
    Files.writeString(
        home.resolve("pom.xml"), "<project><version>" + VERSION + "</version></project>");
    for (String module :
        List.of(
            "core",
            "connectors",
            "streaming-job",
            "gateway",
            "dashboard",
            "quickstart",
            "cluster",
            "benchmarks",
            "training")) {
      Files.createDirectories(home.resolve(module).resolve("src/main/java"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
    }
    script(
        home.resolve("mvnw"),
        """
        echo "$*" >>"$(pwd)/mvnw.calls"
        [ ! -f broken ] || { echo 'a compiler says no'; exit 1; }
        for module in core connectors streaming-job gateway dashboard quickstart cluster benchmarks training; do
          mkdir -p $module/target/launcher
          : >$module/target/physiowave-$module-%s.jar
          echo /libraries/some.jar >$module/target/launcher/classpath
        done
        """
            .formatted(VERSION));
    jdk = jdk("17.0.2");
  }

  private static Path repository() {
    Path path = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(path.resolve(".mvn"))) {
      path = path.getParent();
    }
    return path;
  }

  private Path jdk(String version) throws IOException {
    Path made = Files.createDirectories(directory.resolve("jdk-" + version + "/bin")).getParent();
    script(made.resolve("bin/javac"), "exit 0");
    script(
        made.resolve("bin/java"),
        """
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit 0; fi
        echo "${LC_ALL:-}" >"$0.locale"
        for argument; do
          case $argument in @*) sed 's/^/file: /' "${argument#@}" ;; *) echo "[$argument]" ;; esac
        done
        exit "${JAVA_EXIT:-0}"
        """
            .formatted(version));
    return made;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result launch(String... arguments) throws Exception {
    return launch(home.resolve("physiowave"), "0", arguments);
  }

  private Result launch(Path launcher, String javaExit, String... arguments) throws Exception {
    this.javaExit = javaExit;
    Process process = start(launcher, "launched", arguments);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(directory.resolve("launched.out")),
        Files.readString(directory.resolve("launched.err")));
  }

  private Process start(Path launcher, String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.redirectOutput(directory.resolve(name + ".out").toFile());
    builder.redirectError(directory.resolve(name + ".err").toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("JAVA_EXIT", javaExit);
    builder.environment().put("LC_ALL", locale);
    builder.environment().put("PATH", path);
    builder.environment().remove("PHYSIOWAVE_JAVA_OPTS");
    if (withoutHome) {
      builder.environment().remove("HOME");
    }
    builder.environment().put("PHYSIOWAVE_PROFILES", profiles);
    return builder.start();
  }

  private List<String> builds() throws IOException {
    Path calls = home.resolve("mvnw.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  @Nested
  class WithoutACommand {

    @Test
    void explainsItselfAndFailsAsBadUsage() throws Exception {
      Result result = launch();

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).startsWith("Usage: physiowave COMMAND").contains("demo");
    }

    @ParameterizedTest
    @CsvSource({"--help", "-h", "help"})
    void helpIsNoFailure(String flag) throws Exception {
      Result result = launch(flag);

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).startsWith("Usage: physiowave COMMAND");
      assertThat(builds()).isEmpty();
    }

    @Test
    void theVersionIsThatOfTheSources() throws Exception {
      assertThat(launch("--version").out()).isEqualTo("physiowave " + VERSION + "\n");
    }

    @Test
    void anUnknownCommandIsNamed() throws Exception {
      Result result = launch("demonstrate");

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).startsWith("physiowave: 'demonstrate' is not a command");
    }
  }

  @Nested
  class ForWindows {

    @Test
    void explainsItselfInTheSameWords() throws Exception {
      String script = Files.readString(repository().resolve("physiowave.cmd"));
      String marker = "\n:usage";

      String usage =
          script
              .substring(script.indexOf(marker))
              .lines()
              .filter(line -> line.startsWith("echo"))
              .map(line -> line.replaceFirst("^echo[ .]?", ""))
              .collect(Collectors.joining("\n", "", "\n"));
      assertThat(usage).isEqualTo(launch("--help").out());
    }

    @Test
    void runsTheSameClasses() throws Exception {
      Pattern main = Pattern.compile("main=(io\\.physiowave\\.[.\\w]+)");
      String ours = Files.readString(repository().resolve("physiowave"));
      String windows = Files.readString(repository().resolve("physiowave.cmd"));

      assertThat(main.matcher(windows).results().map(found -> found.group(1)))
          .containsExactlyInAnyOrderElementsOf(
              main.matcher(ours).results().map(found -> found.group(1)).toList());
    }
  }

  @Nested
  class Building {

    @ParameterizedTest
    @CsvSource({
      "demo, quickstart",
      "job, streaming-job",
      "doctor, streaming-job",
      "score, connectors",
      "replay, connectors",
      "simulate, connectors",
      "gateway, gateway",
      "dashboard, dashboard",
      "cluster, cluster",
      "finetune, training"
    })
    void buildsTheCommandsModuleAndWhatItNeeds(String command, String module) throws Exception {
      Result result = launch(command);

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).startsWith("Building " + module);
      assertThat(builds()).hasSize(1);
      assertThat(builds().get(0)).contains("-pl " + module + " -am").contains("package");
    }

    /** As started by cron or as a service: the wrapper wants a home directory to keep Maven in. */
    @Test
    void findsTheHomeDirectoryThatTheEnvironmentDoesNotName() throws Exception {
      Path wrapper = home.resolve("mvnw");
      Files.writeString(
          wrapper,
          Files.readString(wrapper)
              .replaceFirst("\n", "\n[ -d \"\\${HOME:?is not set}\" ] || exit 1\n"));
      withoutHome = true;

      assertThat(launch("score").err())
          .isEqualTo("Building connectors (the first run downloads its libraries) ...\n");
    }

    @Test
    void buildsOnceWhileNothingChanges() throws Exception {
      launch("demo");
      Result second = launch("demo");

      assertThat(builds()).hasSize(1);
      assertThat(second.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "core/src/main/java/Changed.java, 2",
      "dashboard/src/main/web/page.js, 2",
      "pom.xml, 2",
      "training/src/main/java/Changed.java, 1",
      "core/src/test/java/ChangedTest.java, 1"
    })
    void buildsAgainWhenItsOwnSourcesAreNewer(String file, int expected) throws Exception {
      launch("demo");
      Path changed = home.resolve(file);
      Files.createDirectories(changed.getParent());
      if (!Files.exists(changed)) {
        Files.writeString(changed, "changed");
      }
      Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));

      launch("demo");

      assertThat(builds()).hasSize(expected);
    }

    @Test
    void buildsOnceMoreForAnotherProfile() throws Exception {
      launch("doctor");
      profiles = "gpu";
      launch("doctor");
      launch("doctor");

      assertThat(builds()).hasSize(2);
      assertThat(builds().get(0)).doesNotContain("-P");
      assertThat(builds().get(1)).contains(" -Pgpu ");
    }

    @Test
    void showsTheEndOfAFailedBuildAndFails() throws Exception {
      Files.writeString(home.resolve("broken"), "");

      Result result = launch("demo");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .contains("a compiler says no")
          .contains("building quickstart failed; the whole output is in ");
      assertThat(result.out()).isEmpty();
    }

    @Test
    void takesOverFromABuilderThatDied() throws Exception {
      Path lock = Files.createDirectories(home.resolve("target/launcher/lock"));
      Process died = new ProcessBuilder("true").start();
      died.waitFor();
      Files.writeString(lock.resolve("pid"), Long.toString(died.pid()));

      assertThat(launch("score").exitCode()).isZero();
      assertThat(lock).doesNotExist();
    }

    /** Of two that wait for it, one looked at the dead builder's lock before the other took it. */
    @Test
    void twoThatTakeOverDoNotBuildAtOnce() throws Exception {
      Path lock = Files.createDirectories(home.resolve("target/launcher/lock"));
      Process died = new ProcessBuilder("true").start();
      died.waitFor();
      Files.writeString(lock.resolve("pid"), Long.toString(died.pid()));
      Path builds = Files.createDirectory(directory.resolve("builds"));
      script(
          home.resolve("mvnw"),
          """
          mkdir '%1$s/one' 2>/dev/null || : >'%1$s/two at once'
          while [ ! -e '%1$s/may end' ]; do sleep 0.1; done
          rmdir '%1$s/one'
          exit 1
          """
              .formatted(builds));
      script(
          Files.createDirectories(directory.resolve("bin")).resolve("rm"),
          """
          case $* in *launcher/lock) : >'%1$s/removes'
            while [ ! -e '%1$s/may remove' ]; do sleep 0.1; done ;; esac
          PATH=/bin:/usr/bin exec rm "$@"
          """
              .formatted(builds));
      String usual = path;
      path = directory.resolve("bin") + ":" + usual;
      Process first = start(home.resolve("physiowave"), "first", "score");
      await().atMost(PATIENCE).until(() -> Files.exists(builds.resolve("removes")));
      path = usual;
      Process second = start(home.resolve("physiowave"), "second", "simulate");
      Path said = directory.resolve("second.err");
      await().atMost(PATIENCE).until(() -> Files.size(said) > 0);

      Files.createFile(builds.resolve("may remove"));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Files.exists(builds.resolve("two at once"))
                      || (Files.exists(builds.resolve("one"))
                          && Files.readString(said).contains("Waiting")));
      Files.createFile(builds.resolve("may end"));

      assertThat(first.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(second.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(builds.resolve("two at once")).doesNotExist();
    }

    /** After a crash of the machine: the lock is still there, and its holder's id another's. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void takesOverFromABuilderWhoseIdIsAnotherProcess() throws Exception {
      Path lock = Files.createDirectories(home.resolve("target/launcher/lock"));
      Files.writeString(lock.resolve("started"), "1");
      Files.writeString(lock.resolve("pid"), Long.toString(ProcessHandle.current().pid()));

      assertThat(launch("score").exitCode()).isZero();
      assertThat(lock).doesNotExist();
    }

    /** On a disk that is full or only to be read, nobody gives back a lock that is waited for. */
    @Test
    void doesNotWaitForALockThatCannotBeMade() throws Exception {
      script(
          Files.createDirectories(directory.resolve("bin")).resolve("mkdir"),
          """
          case $* in *launcher/lock) echo 'mkdir: no space is left' >&2; exit 1 ;; esac
          PATH=/bin:/usr/bin exec mkdir "$@"
          """);
      path = directory.resolve("bin") + ":" + path;

      Result result = launch("score");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("cannot lock ").contains("no space is left");
    }

    /** As on a full disk: no later run may take what was not written for what was built. */
    @Test
    void buildsAgainWhereTheClassPathCouldNotBeWritten() throws Exception {
      Path state = Files.createDirectories(home.resolve("target/launcher"));
      List<Path> unwritable =
          List.of(state.resolve("connectors.args"), state.resolve("connectors.args.new"));
      for (Path file : unwritable) {
        Files.createDirectory(file);
      }

      Result failed = launch("score");

      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(failed.err()).contains("cannot write ").contains("connectors.args");
      for (Path file : unwritable) {
        Files.delete(file);
      }
      assertThat(launch("score").out()).contains("some.jar");
    }
  }

  @Nested
  class Running {

    @Test
    void handsTheArgumentsOverAsTheyAre() throws Exception {
      Result result = launch("demo", "--record", "a b/208", "--speed", "max");

      assertThat(result.out())
          .contains(
              """
              [io.physiowave.quickstart.command.DemoCommand]
              [--record]
              [a b/208]
              [--speed]
              [max]
              """)
          .contains("[-Dphysiowave.home=" + home.toRealPath() + "]");
    }

    /** Java reads no name of a file that its locale cannot write, its own class path included. */
    @Test
    void leavesAnAsciiLocaleForOneThatHasAllLetters() throws Exception {
      assumeThat(Path.of("/usr/bin/locale")).isExecutable();
      locale = "C";

      launch("score");

      assertThat(jdk.resolve("bin/java.locale")).hasContent("C.UTF-8");
    }

    @Test
    void keepsTheFirstArgumentWhereOneClassServesSeveralCommands() throws Exception {
      assertThat(launch("finetune", "--epochs", "3").out())
          .contains("TrainingCommand]\n[finetune]\n[--epochs]\n[3]\n");
    }

    @ParameterizedTest
    @CsvSource({"train", "inference"})
    void leavesMeasurementsOfTrainingToIt(String measurement) throws Exception {
      assertThat(launch("bench", measurement, "--json").out())
          .contains("TrainingCommand]\n[bench]\n[" + measurement + "]\n[--json]\n");
    }

    @ParameterizedTest
    @CsvSource({"stream", "--help"})
    void leavesAllOtherMeasurementsToTheBenchmarks(String measurement) throws Exception {
      assertThat(launch("bench", measurement).out())
          .contains("benchmarks.command.BenchCommand]\n[" + measurement + "]\n");
    }

    @Test
    void quotesTheClassPathForDirectoriesWithBlanks() throws Exception {
      assertThat(launch("score").out())
          .contains(
              "file: -cp \""
                  + home.toRealPath()
                  + "/connectors/target/physiowave-connectors-"
                  + VERSION
                  + ".jar:/libraries/some.jar\"");
    }

    @Test
    void asksTheCommandForItsOwnHelp() throws Exception {
      assertThat(launch("help", "demo").out()).endsWith("DemoCommand]\n[--help]\n");
    }

    @Test
    void passesTheExitCodeThrough() throws Exception {
      assertThat(launch(home.resolve("physiowave"), "7", "score").exitCode()).isEqualTo(7);
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
      Path link = Files.createSymbolicLink(directory.resolve("pw"), home.resolve("physiowave"));

      assertThat(launch(link, "0", "score").exitCode()).isZero();
    }
  }

  @Nested
  class CheckingTheJdk {

    @Test
    void refusesAnOldOne() throws Exception {
      jdk = jdk("11.0.2");

      Result result = launch("demo");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("is Java 11; PhysioWave Stream needs a JDK 17 or later");
      assertThat(builds()).isEmpty();
    }

    @Test
    void refusesAHomeWithoutJava() throws Exception {
      jdk = directory.resolve("nowhere");

      assertThat(launch("demo").err()).contains("which has no bin/java");
    }

    @Test
    void needsTheCompilerOnlyToBuild() throws Exception {
      launch("demo");
      Files.delete(jdk.resolve("bin/javac"));

      assertThat(launch("demo").exitCode()).isZero();
      assertThat(launch("score").err()).contains("comes without javac");
    }

    @Test
    void silencesWhatLaterReleasesWarnOf() throws Exception {
      jdk = jdk("25");

      assertThat(launch("demo").out()).contains("[--sun-misc-unsafe-memory-access=allow]");
    }
  }
}
