package io.physiowave.streaming.emit;

import io.physiowave.streaming.options.KafkaOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private AuditTransactions() {}

  /**
   * Checks the timeout, and warns of transactions under the job's prefix that are open: those of a
   * job that has just failed are taken over, but another one that runs would be fenced off.
   *
   * @throws IllegalArgumentException when the brokers do not take transactions of that length; a
   *     running job would be refused each time that it starts
   */
  static void check(KafkaOptions kafka, Admin admin) throws InterruptedException {
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
    List<String> open = open(kafka.transactionIdPrefix(), admin);
    if (!open.isEmpty()) {
      LOG.warn(
          "transactions {} are open. If that is the job that starts now, before it failed, all is"
              + " well; if another job runs with kafka.transaction-id-prefix {}, the two will abort"
              + " each other's: give each a prefix of its own",
          open,
          kafka.transactionIdPrefix());
    }
  }

  private static List<String> open(String prefix, Admin admin) throws InterruptedException {
    Pattern ours = Pattern.compile(Pattern.quote(prefix) + "-\\d+-\\d+");
    try {
      return admin
          .listTransactions(
              new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
          .all()
          .get()
          .stream()
          .map(TransactionListing::transactionalId)
          .filter(id -> ours.matcher(id).matches())
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      LOG.debug("the brokers do not tell their transactions", e);
      return List.of();
    }
  }
}
