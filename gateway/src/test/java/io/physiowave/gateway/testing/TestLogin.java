package io.physiowave.gateway.testing;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lets a broker of MQTT ask for one user's password; devices may come without. */
final class TestLogin implements ExtensionMain, SimpleAuthenticator {
  private final String user;
  private final ByteBuffer password;

  private TestLogin(String user, String password) {
    this.user = user;
    this.password = ByteBuffer.wrap(password.getBytes(StandardCharsets.UTF_8));
  }

  static EmbeddedExtension extension(String user, String password) {
    return EmbeddedExtension.builder()
        .withId("test-login")
        .withName("login")
        .withVersion("1")
        .withAuthor("PhysioWave")
        .withExtensionMain(new TestLogin(user, password))
        .build();
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    Services.securityRegistry().setAuthenticatorProvider(connection -> this);
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    // Nothing is held.
  }

  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    boolean isDevice =
        input.getClientInformation().getClientId().startsWith(MqttDevice.CLIENT_ID_PREFIX);
    boolean isKnown =
        input.getConnectPacket().getUserName().equals(Optional.of(user))
            && input.getConnectPacket().getPassword().equals(Optional.of(password));
    if (isDevice || isKnown) {
      output.authenticateSuccessfully();
    } else {
      output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD, "who are you?");
    }
  }
}
