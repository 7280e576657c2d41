package io.physiowave.core.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.physiowave.core.frame.Modality;
import io.physiowave.core.quality.QualityLevel;
import io.physiowave.core.quality.SignalQuality;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

class LabelEventCodecTest {
  private static final ModelReference MODEL =
      new ModelReference("ecg-beats", "1.0.0", "0123456789abcdef".repeat(4));

  private static LabelEvent event(
      String stream, OptionalLong beat, long start, float probability, boolean declined) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    probabilities.put("V", probability);
    probabilities.put("N", 1 - probability);
    return new LabelEvent(
        LabelIdentity.of(stream, "1", start, MODEL),
        stream,
        "1",
        Modality.ECG,
        MODEL,
        360,
        start,
        start + 256,
        1_000_000,
        1_711_111,
        beat,
        declined ? LabelEvent.UNCLASSIFIABLE : "V",
        declined ? 0 : probability,
        declined ? Map.of() : probabilities,
        declined ? Map.of() : Map.of("V", "Ventricular", "N", "Normal"),
        declined ? new SignalQuality(QualityLevel.BAD, "lead off 100 %") : SignalQuality.GOOD,
        declined ? "lead off 100 %" : "",
        new LabelTiming(5, 6, 7, 8, "00-trace-span-01"),
        "c0ffee");
  }

  @Property(tries = 200)
  void everyEventSurvivesBytesAndJson(
      @ForAll @NotBlank String stream,
      @ForAll @LongRange(min = -1000, max = 1L << 40) long start,
      @ForAll @FloatRange(max = 1) float probability,
      @ForAll boolean declined) {
    LabelEvent event =
        event(stream, OptionalLong.of(Math.max(0, start + 100)), start, probability, declined);
    LabelEvent back = LabelEventCodec.decode(LabelEventCodec.encode(event));
    assertThat(back).isEqualTo(event);
    assertThat(back.probabilities().keySet())
        .containsExactlyElementsOf(event.probabilities().keySet());
    assertThat(LabelEventCodec.fromJson(LabelEventCodec.toJson(event))).isEqualTo(event);
  }

  @Test
  void aWindowWithoutABeatHasNone() {
    LabelEvent event = event("s", OptionalLong.empty(), 0, 0.5f, false);
    assertThat(LabelEventCodec.decode(LabelEventCodec.encode(event)).beatSample()).isEmpty();
    assertThat(LabelEventCodec.toJson(event)).doesNotContain("beatSample");
  }

  @Property(tries = 500)
  void otherBytesAreRefusedAsSuch(@ForAll byte[] bytes) {
    try {
      LabelEventCodec.decode(bytes);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Test
  void namesTravelWithTheProbabilitiesAndAreAbsentFromEarlierEvents() {
    LabelEvent event = event("s", OptionalLong.of(100), 0, 0.75f, false);
    assertThat(event.labelName()).isEqualTo("Ventricular");
    assertThat(LabelEventCodec.toJson(event))
        .contains("{\"label\":\"V\",\"probability\":0.75,\"name\":\"Ventricular\"}");

    String earlier = LabelEventCodec.toJson(event).replaceAll(",\"name\":\"[A-Z][a-z]+\"", "");
    LabelEvent unnamed = LabelEventCodec.fromJson(earlier);
    assertThat(unnamed.labelNames()).isEmpty();
    assertThat(unnamed.labelName()).isEqualTo("V");
  }

  @Test
  void otherTextIsRefused() {
    assertThatThrownBy(() -> LabelEventCodec.fromJson("{]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the text is not the JSON form of a LabelEvent");
  }

  @Test
  void theIdentityIsTheSameAfterAReplayAndDiffersOtherwise() {
    String id = LabelIdentity.of("a", "1", 100, MODEL);
    assertThat(LabelIdentity.of("a", "1", 100, MODEL)).isEqualTo(id);
    assertThat(LabelIdentity.of("a", "1", 101, MODEL)).isNotEqualTo(id);
    assertThat(LabelIdentity.of("a1", "", 100, MODEL)).isNotEqualTo(id);
    ModelReference other = new ModelReference("ecg-beats", "1.0.0", "f".repeat(64));
    assertThat(LabelIdentity.of("a", "1", 100, other)).isNotEqualTo(id);
  }

  @Test
  void aModelIsNamedByAFullHash() {
    assertThatThrownBy(() -> new ModelReference("m", "1", "ABC"))
        .hasMessage("sha256 is 'ABC'; expected 64 lower-case hexadecimal digits");
  }

  @Test
  void onlyAnUnclassifiableLabelHasAReason() {
    LabelEvent event = event("s", OptionalLong.empty(), 0, 0.5f, true);
    assertThat(event.isUnclassifiable()).isTrue();
    assertThatThrownBy(
            () ->
                new LabelEvent(
                    "id",
                    "s",
                    "1",
                    Modality.ECG,
                    MODEL,
                    360,
                    0,
                    10,
                    0,
                    0,
                    OptionalLong.empty(),
                    LabelEvent.UNCLASSIFIABLE,
                    0,
                    Map.of(),
                    Map.of(),
                    SignalQuality.GOOD,
                    "",
                    new LabelTiming(0, 0, 0, 0),
                    ""))
        .hasMessageContaining("label UNCLASSIFIABLE with unclassifiable reason ''");
  }
}
