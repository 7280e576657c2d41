package io.physiowave.quickstart.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackPortTest {

  @Test
  void zeroIsAnyFreePort() {
    assertThat(LoopbackPort.claim(0, "the page", "--port")).isBetween(1, 65_535);
  }

  @Test
  void aFreePortIsItself() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(LoopbackPort.claim(free, "the page", "--port")).isEqualTo(free);
  }

  @Test
  void aTakenPortIsRefused() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> LoopbackPort.claim(socket.getLocalPort(), "the page", "--port"))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("port " + socket.getLocalPort() + " for the page is taken")
          .hasMessageContaining("--port");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aNumberThatIsNoPortIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoopbackPort.claim(port, "the page", "--port"))
        .withMessage("--port is " + port + "; expected 0 to 65535");
  }
}
