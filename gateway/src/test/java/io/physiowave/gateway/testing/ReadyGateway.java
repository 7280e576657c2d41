package io.physiowave.gateway.testing;

import static org.awaitility.Awaitility.await;

import io.physiowave.gateway.run.Gateway;
import io.physiowave.gateway.run.GatewayOptions;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** Gateways whose first frame is taken also on a machine that is slow and busy. */
public final class ReadyGateway {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private ReadyGateway() {}

  /** Starts one, and returns when it says that it is healthy. */
  public static Gateway start(GatewayOptions options) {
    Gateway gateway = Gateway.start(options);
    try {
      String unused = awaitHealth(gateway.server().address());
      return gateway;
    } catch (ConditionTimeoutException e) {
      gateway.close();
      throw e;
    }
  }

  /** What the gateway at an address says of its health, once that is good. */
  public static String awaitHealth(String address) {
    return await()
        .atMost(PATIENCE)
        .until(() -> Web.get(address + "/healthz"), answer -> answer.statusCode() == 200)
        .body();
  }

  /** Returns when a gateway says that its broker of MQTT is in the given state. */
  public static void awaitMqtt(Gateway gateway, String state) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Web.get(gateway.server().address() + "/healthz")
                    .body()
                    .contains("\"mqtt\":\"" + state + "\""));
  }

  /** Returns when a gateway hears what comes by MQTT. */
  public static void awaitMqtt(Gateway gateway) {
    awaitMqtt(gateway, "connected");
  }
}
