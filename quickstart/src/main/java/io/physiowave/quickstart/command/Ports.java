package io.physiowave.quickstart.command;

import io.physiowave.quickstart.embedded.LoopbackPort;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the servers of a demonstration listen, on loopback only.
 *
 * @param page of the live page, 1 to 65535, or 0 for any free one
 * @param flink of Flink's web interface
 * @param kafka of the broker
 */
record Ports(int page, int flink, int kafka) {

  /**
   * The same with a number for every 0, all of them free a moment ago.
   *
   * @throws io.physiowave.quickstart.embedded.PortTakenException when one is taken
   * @throws IllegalArgumentException when two are the same
   */
  Ports claimed() {
    Ports claimed =
        new Ports(
            LoopbackPort.claim(page, "the live page", "--port"),
            LoopbackPort.claim(flink, "Flink's web interface", "--flink-port"),
            LoopbackPort.claim(kafka, "the Kafka broker", "--kafka-port"));
    Map<String, Integer> byUser = new LinkedHashMap<>();
    byUser.put("the live page (--port)", claimed.page);
    byUser.put("Flink's web interface (--flink-port)", claimed.flink);
    byUser.put("the Kafka broker (--kafka-port)", claimed.kafka);
    LoopbackPort.requireDistinct(byUser);
    return claimed;
  }
}
