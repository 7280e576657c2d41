package io.physiowave.gateway.mqtt;

import java.util.Objects;

/**
 * How the gateway logs in at the broker.
 *
 * @param user name
 * @param password never shown
 */
public record MqttLogin(String user, String password) {
  public MqttLogin {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /** The name alone. */
  @Override
  public String toString() {
    return "MqttLogin[user=" + user + "]";
  }
}
