package io.physiowave.streaming.doctor;

import io.physiowave.streaming.doctor.Finding.Level;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All that was found on a machine, in the order of a reader's interest.
 *
 * @param findings one a check, or one a device and port
 */
public record Diagnosis(List<Finding> findings) {

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /**
   * Looks at this machine. Takes a second or two; opens no port for longer than a moment and leaves
   * no file.
   *
   * @param home the repository's folder, or another that holds {@code models}
   * @param ports that have to be free
   * @param training whether libtorch is loaded as well, in a process of its own
   */
  public static Diagnosis ofThisMachine(Path home, List<NeededPort> ports, boolean training) {
    List<Finding> findings = new ArrayList<>();
    findings.add(JavaMachine.examine(Runtime.version(), System.getProperty("java.vendor")));
    findings.add(Processor.examine());
    findings.add(Memory.examine());
    findings.add(OpenFiles.examine());
    findings.add(TemporaryFolder.examine(Path.of(System.getProperty("java.io.tmpdir"))));
    findings.add(DiskSpace.examine(home));
    findings.add(
        TextAndTime.examine(
            Charset.defaultCharset(), Locale.getDefault(), ZoneId.systemDefault(), Instant.now()));
    for (int i = 0; i < ports.size(); i++) {
      findings.add(ports.get(i).examine(ports.subList(0, i)));
    }
    List<GraphicsCard> cards = GraphicsCards.ofThisMachine();
    findings.addAll(GraphicsCards.examine(cards));
    findings.addAll(ExecutionProviders.examine(!cards.isEmpty()));
    findings.addAll(ShippedModels.examine(home.resolve("models")));
    findings.add(Libtorch.examine(home, training));
    return new Diagnosis(findings);
  }

  /** Whether nothing stands in the way of the demonstration. */
  public boolean demoCanRun() {
    return count(Level.FAIL) == 0;
  }

  /** How many findings are of a level. */
  public long count(Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }
}
