package io.physiowave.quickstart.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackPortTest {

  @Test
  void zeroIsAnyFreePortThatNoConnectionIsGivenAndNeverTheSame() {
    assertThat(IntStream.range(0, 300).map(i -> LoopbackPort.claim(0, "the page", "--port")))
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 20_000 && port < 30_000);
  }

  @Test
  void aFreePortIsItself() {
    int free = LoopbackPort.claim(0, "the page", "--port");

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

  /** Who may listen there holds it here, and whoever may not is refused as well. */
  @Test
  void ofALowPortBothReasonsAreGiven() throws Exception {
    try (ServerSocket socket = new ServerSocket()) {
      try {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1023));
      } catch (BindException e) {
        assertThat(socket.isBound()).isFalse();
      }

      assertThatThrownBy(() -> LoopbackPort.claim(1023, "the page", "--port"))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("port 1023 for the page cannot be listened on")
          .hasMessageContaining("ports below 1024 are for the system's administrator");
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
