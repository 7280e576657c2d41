package io.physiowave.streaming.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlSettingsTest {
  @TempDir Path directory;

  private Optional<Path> yaml(String text) throws IOException {
    return Optional.of(Files.writeString(directory.resolve("job.yaml"), text));
  }

  private JobOptions read(String text) throws IOException {
    return JobOptions.read(yaml(text), Map.of(), Map.of());
  }

  private List<String> problemsOf(String text) throws IOException {
    Optional<Path> file = yaml(text);
    return catchThrowableOfType(
            InvalidOptionsException.class, () -> JobOptions.read(file, Map.of(), Map.of()))
        .problems();
  }

  @Test
  void valuesAreTakenAsTheyAreWritten() throws Exception {
    JobOptions options =
        read(
            """
            kafka:
              group-id: 007
              properties: {ssl.key.password: 00123, ssl.protocol: 1.10, client.id: 0x1F}
            """);

    assertThat(options.kafka().groupId()).isEqualTo("007");
    assertThat(options.kafka().properties())
        .containsOnly(
            Map.entry("ssl.key.password", "00123"),
            Map.entry("ssl.protocol", "1.10"),
            Map.entry("client.id", "0x1F"));
  }

  @Test
  void numbersMayStandInGroupsOfDigits() throws Exception {
    assertThat(read("decode: {max-frame-bytes: 2_000_000}\n").decode().maximumFrameBytes())
        .isEqualTo(2_000_000);
  }

  @Test
  void aFileThatIsNotTextIsToldSo() throws Exception {
    Path file = Files.write(directory.resolve("job.yaml"), new byte[] {'a', ':', (byte) 0xE4});

    assertThat(
            catchThrowableOfType(
                    InvalidOptionsException.class,
                    () -> JobOptions.read(Optional.of(file), Map.of(), Map.of()))
                .problems())
        .singleElement()
        .asString()
        .endsWith("job.yaml cannot be read: it is not UTF-8");
  }

  @Test
  void anEmptyListIsNoneAndNotWhatTheCardSays() throws Exception {
    assertThat(read("events: {background-labels: []}\n").events().backgroundLabels())
        .isNotNull()
        .isEmpty();
    assertThat(read("events: {background-labels: }\n").events().backgroundLabels()).isNull();
  }

  @Test
  void valuesMayHoldAnyCharacter() throws Exception {
    JobOptions options =
        read("kafka: {properties: {ssl.key.password: \"a\\0b,c=d\", client.rack: \"r\"}}\n");

    assertThat(options.kafka().properties())
        .containsOnly(Map.entry("ssl.key.password", "a\0b,c=d"), Map.entry("client.rack", "r"));
  }

  @Test
  void pairsMayStandInAList() throws Exception {
    assertThat(read("kafka: {properties: ['client.rack=a,b', client.id=c]}\n").kafka().properties())
        .containsOnly(Map.entry("client.rack", "a,b"), Map.entry("client.id", "c"));
  }

  @Test
  void whatIsNestedWhereItHasNoMeaningIsRefused() throws Exception {
    assertThat(problemsOf("kafka: {properties: [{security.protocol: SSL}]}\n"))
        .singleElement()
        .asString()
        .contains("job.yaml: 'kafka.properties' holds");
    assertThat(problemsOf("models: [[a.onnx, b.onnx]]\n"))
        .first()
        .asString()
        .contains("job.yaml: 'models' holds");
    assertThat(problemsOf("models: {a: b.onnx}\n"))
        .first()
        .asString()
        .contains("job.yaml: 'models' holds");
  }

  @Test
  void aPairOfTwoNamesThatAreTheSameIsRefused() throws Exception {
    assertThat(
            problemsOf(
                "kafka: {properties: {security.protocol: SSL, security: {protocol: PLAINTEXT}}}\n"))
        .singleElement()
        .asString()
        .endsWith("'kafka.properties' has security.protocol twice; expected once");
  }

  @Test
  void aReferenceToAnotherPlaceIsRefused() throws Exception {
    assertThat(problemsOf("models: &all [a.onnx]\nkafka: {group-id: *all}\n"))
        .singleElement()
        .asString()
        .contains("*all");
  }
}
