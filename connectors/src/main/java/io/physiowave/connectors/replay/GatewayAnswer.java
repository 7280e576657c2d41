package io.physiowave.connectors.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a gateway says of a frame; other servers say other things.
 *
 * @param outcome accepted, refused or undelivered; empty when no gateway would say it
 * @param reason for people
 */
record GatewayAnswer(String outcome, String reason) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static GatewayAnswer of(String text) {
    JsonNode said = json(text);
    for (String outcome : new String[] {"accepted", "refused", "undelivered"}) {
      if (said.has(outcome)) {
        return new GatewayAnswer(outcome, said.path(outcome).path("reason").asText(""));
      }
    }
    return new GatewayAnswer("", "what a gateway would not say; is there one?");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  boolean isAccepted() {
    return outcome.equals("accepted");
  }

  boolean isRefused() {
    return outcome.equals("refused");
  }

  /** Whether it is a gateway that speaks. */
  boolean isGateways() {
    return !outcome.isEmpty();
  }
}
