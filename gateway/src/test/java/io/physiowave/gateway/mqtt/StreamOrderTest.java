package io.physiowave.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.physiowave.gateway.intake.Answer;
import io.physiowave.gateway.intake.FrameName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Messages of some streams into a Kafka that is away at times, as drawn from a seed. */
class StreamOrderTest {
  private static final int MESSAGES = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private record Message(String stream, int number) {}

  /** Messages that went together. */
  private record Group(List<Message> messages, List<CompletableFuture<Answer>> answers) {
    void answer(boolean isAway) {
      for (int i = 0; i < messages.size(); i++) {
        Message message = messages.get(i);
        FrameName name = new FrameName(message.stream(), "1", message.number());
        answers
            .get(i)
            .complete(isAway ? new Answer.Undelivered("away", name) : new Answer.Accepted(name));
      }
    }
  }

  private final BlockingQueue<Group> kafka = new LinkedBlockingQueue<>();
  private final BlockingQueue<Message> settled = new LinkedBlockingQueue<>();

  private StreamOrder<Message> order() {
    return new StreamOrder<>(
        messages -> {
          List<CompletableFuture<Answer>> answers =
              messages.stream().map(message -> new CompletableFuture<Answer>()).toList();
          kafka.add(new Group(messages, answers));
          return answers;
        },
        (message, answer) -> settled.add(message),
        Duration.ofMillis(1));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("the next one").isNotNull();
    return next;
  }

  @Property(tries = 30)
  void nothingOvertakesWhatKafkaDidNotConfirm(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 5) int streams) throws Exception {
    kafka.clear();
    settled.clear();
    Map<String, List<Integer>> inKafka = new TreeMap<>();
    Map<String, Integer> taken = new HashMap<>();
    try (StreamOrder<Message> order = order()) {
      int left = MESSAGES;
      Instant end = Instant.now().plus(PATIENCE);
      while (left > 0 || settled.size() < MESSAGES) {
        assertThat(Instant.now()).as("%s are settled", settled.size()).isBefore(end);
        for (int burst = Math.min(left, random.nextInt(8)); burst > 0; burst--) {
          String stream = "s" + random.nextInt(streams);
          order.take(stream, new Message(stream, taken.merge(stream, 1, Integer::sum)));
          left--;
        }
        Group group = kafka.poll(left > 0 ? 0 : 1, TimeUnit.MILLISECONDS);
        if (group != null) {
          boolean isAway = random.nextInt(3) == 0;
          for (Message message : isAway ? List.<Message>of() : group.messages()) {
            inKafka
                .computeIfAbsent(message.stream(), stream -> new ArrayList<>())
                .add(message.number());
          }
          group.answer(isAway);
        }
      }
    }
    assertThat(settled).doesNotHaveDuplicates();
    inKafka.forEach((stream, numbers) -> assertThat(numbers).as(stream).isSorted());
    assertThat(inKafka.values().stream().mapToInt(List::size).sum()).isEqualTo(MESSAGES);
  }

  @Test
  void streamsDoNotWaitForEachOther() throws Exception {
    try (StreamOrder<Message> order = order()) {
      order.take("a", new Message("a", 1));
      order.take("a", new Message("a", 2));
      order.take("b", new Message("b", 1));

      Group held = next(kafka);
      Group other = next(kafka);
      assertThat(other.messages()).containsExactly(new Message("b", 1));
      other.answer(false);
      assertThat(next(settled)).isEqualTo(new Message("b", 1));
      assertThat(kafka).as("behind a message that is under way").isEmpty();

      held.answer(true);
      Group again = next(kafka);
      assertThat(again.messages()).containsExactly(new Message("a", 1));
      order.take("a", new Message("a", 3));
      again.answer(false);
      assertThat(next(kafka).messages()).containsExactly(new Message("a", 2), new Message("a", 3));
    }
  }

  @Test
  void whatIsRefusedHoldsNobodyUp() throws Exception {
    StreamOrder<Message> refusing =
        new StreamOrder<>(
            messages ->
                messages.stream()
                    .map(message -> new Answer.Refused("invalid", "no", Optional.empty()))
                    .map(CompletableFuture::<Answer>completedFuture)
                    .toList(),
            (message, answer) -> settled.add(message));
    try (refusing) {
      for (int number = 0; number < 10_000; number++) {
        refusing.take("a", new Message("a", number));
      }
      for (int number = 0; number < 10_000; number++) {
        assertThat(next(settled).number()).isEqualTo(number);
      }
    }
  }
}
