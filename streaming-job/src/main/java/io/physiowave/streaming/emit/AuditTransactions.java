package io.physiowave.streaming.emit;

import io.physiowave.streaming.options.KafkaOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the brokers take the transactions of the audit, and nobody else has the same. */
final class AuditTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTransactions.class);
  private static final String LONGEST = "transaction.max.timeout.ms";
  private static final long LOOK_MILLIS = 250;

  private AuditTransactions() {}

  /**
   * Checks the timeout, and that no other job runs with the job's prefix: the two would abort each
   * other's transactions, and labels would be missing in the audit.
   *
   * <p>Transactions that are open may be those of the job that starts now, before it failed. Only a
   * job that runs begins new ones, one with each of its checkpoints. So it is waited for until the
   * next one is due, which costs nothing where the open ones are older than that; if none has begun
   * then, they are taken over, with a warning.
   *
   * @param checkpoints the time between the job's checkpoints, which is taken for that of the other
   * @throws IllegalArgumentException when the brokers do not take transactions of that length; a
   *     running job would be refused each time that it starts; or when another job runs with the
   *     prefix
   */
  static void check(KafkaOptions kafka, Duration checkpoints, Admin admin)
      throws InterruptedException {
    Optional<String> longest = KafkaReach.brokerSetting(admin, LONGEST);
    long timeout = kafka.transactionTimeout().toMillis();
    if (longest.isPresent() && timeout > Long.parseLong(longest.get())) {
      throw new IllegalArgumentException(
          "kafka.transaction-timeout is "
              + timeout
              + " ms; the brokers at "
              + kafka.bootstrapServers()
              + " take at most "
              + longest.get()
              + " ms: set it lower, or their "
              + LONGEST
              + " higher");
    }
    Map<String, Long> open = open(kafka, admin);
    if (open.isEmpty()) {
      return;
    }
    requireNobodyRuns(kafka, open, checkpoints, admin);
    LOG.warn(
        "transactions {} are open. If that is the job that starts now, before it failed, all is"
            + " well; if another job runs with kafka.transaction-id-prefix {}, the two will abort"
            + " each other's: give each a prefix of its own",
        new TreeSet<>(open.keySet()),
        kafka.transactionIdPrefix());
  }

  private static void requireNobodyRuns(
      KafkaOptions kafka, Map<String, Long> open, Duration checkpoints, Admin admin)
      throws InterruptedException {
    // Half as long again, and a second, for a checkpoint that takes its time.
    long patience = checkpoints.toMillis() * 3 / 2 + 1_000;
    long youngest = System.currentTimeMillis() - Collections.max(open.values());
    long millis = patience - Math.max(0, youngest);
    if (millis <= 0) {
      return;
    }
    LOG.warn(
        "transactions {} are open; it is not known whose. The job begins when no other has begun"
            + " one meanwhile: wait up to {} s",
        new TreeSet<>(open.keySet()),
        (millis + 999) / 1000);
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      Thread.sleep(LOOK_MILLIS);
      Map<String, Long> begun = open(kafka, admin);
      begun.entrySet().removeAll(open.entrySet());
      if (!begun.isEmpty()) {
        throw new IllegalArgumentException(
            "another job runs with kafka.transaction-id-prefix "
                + kafka.transactionIdPrefix()
                + ": it has just begun transaction "
                + Collections.min(begun.keySet())
                + ". The two would abort each other's, and labels would be missing in "
                + kafka.auditTopic()
                + "; give each job a prefix of its own, or stop the other one first");
      }
    }
  }

  /** Open transactions under the job's prefix, each with when it began, the broker's clock. */
  private static Map<String, Long> open(KafkaOptions kafka, Admin admin)
      throws InterruptedException {
    Pattern ours = Pattern.compile(Pattern.quote(kafka.transactionIdPrefix()) + "-\\d+-\\d+");
    try {
      List<String> ids =
          admin
              .listTransactions(
                  new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
              .all()
              .get()
              .stream()
              .map(TransactionListing::transactionalId)
              .filter(id -> ours.matcher(id).matches())
              .toList();
      Map<String, Long> open = new HashMap<>();
      admin
          .describeTransactions(ids)
          .all()
          .get()
          .forEach(
              (id, about) ->
                  about.transactionStartTimeMs().ifPresent(start -> open.put(id, start)));
      return open;
    } catch (ExecutionException e) {
      LOG.debug("the brokers do not tell their transactions", e);
      return new HashMap<>();
    }
  }
}
