package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.arrival.TimedRequest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/** What a request gets, and what a wrong wish is told. */
class RequestShaperTest {

    @Test
    void withoutWishesTheRecordedPriorityStays() {
        RequestShaper shaper = new RequestShaper(Shaping.none(1));
        assertThat(shaper.shape(request(0, 3)).priority()).isEqualTo(3);
        ShapedRequest plain = shaper.shape(request(1, null));
        assertThat(plain.priority()).isZero();
        assertThat(plain.priorityClass()).isEqualTo(PriorityClass.P4);
        assertThat(plain.targetsMillis()).isEmpty();
        assertThat(plain.maxTokens()).isEmpty();
        assertThat(shaper.description())
                .isEqualTo("priorities as recorded, no targets, max_tokens none");
    }

    @Test
    void theMixHasItsShares() {
        RequestShaper shaper =
                shaper("P0=0.1,interactive=0.2,P4=0.65,shed=0.05", "*:ttl=1s", "none", 3);
        Map<PriorityClass, Long> counts =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> shaper.shape(request(i, 2)).priorityClass())
                        .collect(Collectors.groupingBy(c -> c, Collectors.counting()));
        assertThat(counts.keySet())
                .containsExactlyInAnyOrder(
                        PriorityClass.P0, PriorityClass.P1, PriorityClass.P4, PriorityClass.SHED);
        assertThat(counts.get(PriorityClass.P0) / 20_000.0).isCloseTo(0.1, within(0.007));
        assertThat(counts.get(PriorityClass.P1) / 20_000.0).isCloseTo(0.2, within(0.009));
        assertThat(counts.get(PriorityClass.SHED) / 20_000.0).isCloseTo(0.05, within(0.005));
    }

    @Test
    void drawsDependOnSeedAndSequenceOnly() {
        RequestShaper shaper = shaper("P0=0.5,P1=0.5", "*:deadline=10s..60s", "none", 3);
        List<ShapedRequest> forward =
                IntStream.range(0, 50).mapToObj(i -> shaper.shape(request(i, null))).toList();
        for (int i = 49; i >= 0; i--) {
            assertThat(shaper.shape(request(i, null))).isEqualTo(forward.get(i));
        }
        RequestShaper otherSeed = shaper("P0=0.5,P1=0.5", "*:deadline=10s..60s", "none", 4);
        assertThat(IntStream.range(0, 50).mapToObj(i -> otherSeed.shape(request(i, null))).toList())
                .isNotEqualTo(forward);
        RequestShaper moreTargets =
                shaper("P0=0.5,P1=0.5", "*:deadline=10s..60s,ttl=1s..9s", "none", 3);
        assertThat(moreTargets.shape(request(7, null)).millis(Target.DEADLINE))
                .isEqualTo(forward.get(7).millis(Target.DEADLINE));
    }

    @Test
    void targetsComeByClassAndAreSpedUp() {
        Shaping shaping =
                new Shaping(
                        null,
                        TargetPlan.parse(
                                "P0:ttft=500ms,tpot=50; *:ttl=1m,ttft=2s,deadline=10s..60s"),
                        new TokenLimit.Unlimited(),
                        20,
                        1);
        RequestShaper shaper = new RequestShaper(shaping);
        ShapedRequest urgent = shaper.shape(request(0, 9));
        assertThat(urgent.millis(Target.TTFT)).hasValue(25);
        assertThat(urgent.millis(Target.TPOT)).hasValue(2.5);
        assertThat(urgent.millis(Target.TTL)).hasValue(3000);
        assertThat(urgent.millis(Target.E2E)).isEmpty();
        ShapedRequest other = shaper.shape(request(1, -5));
        assertThat(other.millis(Target.TTFT)).hasValue(100);
        assertThat(other.millis(Target.TPOT)).isEmpty();
        double[] deadlines =
                IntStream.range(0, 2000)
                        .mapToDouble(
                                i ->
                                        shaper.shape(request(i, 0))
                                                .millis(Target.DEADLINE)
                                                .orElseThrow())
                        .toArray();
        assertThat(Arrays.stream(deadlines)).allMatch(d -> d >= 500 && d <= 3000);
        assertThat(IntStream.range(0, 2000).mapToDouble(i -> deadlines[i]).average().orElseThrow())
                .isCloseTo(1750, within(50.0));
    }

    @Test
    void theDescriptionSaysAll() {
        assertThat(shaper("P1=0.25,P0=0.75", "bulk:ttl=1m,ttft=1s..2s", "x2", 5).description())
                .isEqualTo(
                        "priority mix P0=0.75,P1=0.25, seed 5, targets P4:ttft=1000.0ms..2000.0ms,ttl=60000.0ms, max_tokens x2.0");
    }

    @ParameterizedTest
    @CsvSource({"none, -1", "exact, 101", "64, 64", "x1.5, 152"})
    void maxTokensFollowTheRule(String rule, int expected) {
        OptionalInt limit = shaper("P0=1", "*:ttl=1s", rule, 1).shape(request(0, 0)).maxTokens();
        assertThat(limit.orElse(-1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"7, P0", "4, P0", "3, P1", "2, P2", "1, P3", "0, P4", "-1, SHED", "-9, SHED"})
    void numbersHaveBands(int priority, PriorityClass band) {
        assertThat(PriorityClass.of(priority)).isEqualTo(band);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P0=0.5 | must add up to 1, not 0.5",
                "P0=0.5,P9=0.5 | unknown priority class 'P9'; choose one of P0 (system), P1 (interactive)",
                "P0=0.5,system=0.5 | names P0 twice",
                "P0=lots | 'lots' is not a share from 0 to 1",
                "P0=1.5,P1=-0.5 | '1.5' is not a share from 0 to 1",
                "P0 | 'P0' is not CLASS=SHARE",
                "P0=1, | '' is not CLASS=SHARE"
            })
    void wrongMixesAreExplained(String text, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> PriorityMix.parse(text))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttft=5 | 'ttft=5' is not CLASS:TARGET=TIME",
                "P0:ttft | 'ttft' is not TARGET=TIME",
                "P0:tttt=5 | unknown target 'tttt'; choose one of ttft, tpot, e2e, ttl, deadline",
                "P0:ttft=soon | 'soon' is not a time span",
                "P0:ttft=-5 | above 0",
                "P0:ttft=9s..1s | must not fall",
                "P0:ttft=5;P0:ttft=6 | set ttft twice",
                "P7:ttft=5 | unknown priority class 'P7'"
            })
    void wrongTargetsAreExplained(String text, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TargetPlan.parse(text))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0", "-4", "x0.5", "many", "xx", "''"})
    void wrongTokenLimitsAreExplained(String text) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TokenLimit.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("none, exact");
    }

    private static RequestShaper shaper(String mix, String targets, String tokens, long seed) {
        return new RequestShaper(
                new Shaping(
                        PriorityMix.parse(mix),
                        TargetPlan.parse(targets),
                        TokenLimit.parse(tokens),
                        1,
                        seed));
    }

    private static TimedRequest request(int sequence, @Nullable Integer priority) {
        return new TimedRequest(
                sequence * 1000L,
                new TraceRequest(
                        sequence,
                        TraceRequest.NO_ARRIVAL,
                        TokenCounts.of(10, 101),
                        new Caller(null, null, null, priority),
                        PrefixBlocks.NONE,
                        List.of(),
                        List.of(),
                        1));
    }
}
