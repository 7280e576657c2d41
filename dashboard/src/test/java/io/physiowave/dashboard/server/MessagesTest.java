package io.physiowave.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

  @Test
  void aSignalCarriesPointsInMicrovoltsAndLabels() throws Exception {
    StreamBoard board = new StreamBoard();
    board.add(Samples.frame("a", 0, 0.5f, 1f, -1f, 0f), 0);
    board.add(Samples.frame("a", 4, Float.NaN, Float.NaN, Float.NaN, Float.NaN), 0);
    board.add(Samples.beat("a", 120, 0), 5);

    JsonNode message = new ObjectMapper().readTree(Messages.signal(board.drain().get(0)));

    assertThat(message.path("type").asText()).isEqualTo("signal");
    assertThat(message.path("runs"))
        .hasToString("[{\"first\":0,\"microvolts\":[1000,-1000,null,null]}]");
    JsonNode label = message.path("labels").path(0);
    assertThat(label.path("beat").asLong()).isEqualTo(120);
    assertThat(label.path("label").asText()).isEqualTo("V");
    assertThat(label.has("latencyMillis")).isFalse();
  }

  @Test
  void aRequestNamesTheStreamsToWatch() {
    assertThat(Messages.watched("{\"watch\": [\"a\", \"b\"]}")).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"watch\": \"a\"}"})
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Messages.watched(text));
  }
}
