package io.physiowave.gateway.testing;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;

/** Rules of a broker of MQTT under which, while that is switched on, nobody hears frames. */
public final class BrokerFaults implements ExtensionMain, SubscriptionAuthorizer {
  private volatile boolean refusesSubscriptions;

  EmbeddedExtension extension() {
    return EmbeddedExtension.builder()
        .withId("test-faults")
        .withName("faults")
        .withVersion("1")
        .withAuthor("PhysioWave")
        .withExtensionMain(this)
        .build();
  }

  /** Whether nobody may subscribe to frames. */
  public void refuseSubscriptions(boolean isOn) {
    refusesSubscriptions = isOn;
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    Services.securityRegistry().setAuthorizerProvider(client -> this);
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    // Nothing is held.
  }

  @Override
  public void authorizeSubscribe(
      SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
    if (refusesSubscriptions && input.getSubscription().getTopicFilter().endsWith("/frames")) {
      output.failAuthorization();
    } else {
      output.authorizeSuccessfully();
    }
  }
}
