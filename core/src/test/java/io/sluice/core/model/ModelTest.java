package io.sluice.core.model;

import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.serving;
import static io.sluice.core.testing.Capacities.withSpeed;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What values derive, and what they refuse to be. */
final class ModelTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, 356, 101",
        "50, 0, 50, 150, 150",
        "0, 70, 70, 170, 101",
        "50, 70, 50, 150, 150",
        "50, 20, 20, 120, 150"
    })
    void lengthsFollowFromLimitAndPrediction(
            int max, int predicted, int expected, long reserved, long longest) {
        PendingRequest request = request("r").tokens(100, max).predicted(predicted).build();
        assertThat(request.expectedOutputTokens()).isEqualTo(expected);
        assertThat(request.reservedTokens()).isEqualTo(reserved);
        assertThat(request.longestTokens()).isEqualTo(longest);
    }

    @Test
    void lengthsAreNotNegative() {
        assertThatThrownBy(() -> request("r").tokens(-1, 2).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant/r")
                .hasMessageContaining("input -1");
    }

    @Test
    void anotherPriorityChangesNothingElse() {
        PendingRequest request = request("r").priority(1).deadline(9).session("s").build();
        assertThat(request.withPriority(3))
                .isEqualTo(request("r").priority(3).deadline(9).session("s").build());
    }

    @Test
    void scopedKeysAreDistinctAndReadable() {
        Set<String> scoped = new HashSet<>();
        List<String> parts = List.of("a", "a/b", "a%2Fb", "%", "/", "a%25", "b", "%2F");
        for (String tenant : parts) {
            for (String id : parts) {
                RequestKey key = new RequestKey(tenant, id);
                assertThat(RequestKey.parse(key.scoped())).isEqualTo(key);
                scoped.add(key.scoped());
            }
        }
        assertThat(scoped).hasSize(parts.size() * parts.size());
    }

    @Test
    void keysAreOrderedByIdThenTenant() {
        assertThat(new RequestKey("z", "1")).isLessThan(new RequestKey("a", "2"));
        assertThat(new RequestKey("a", "1")).isLessThan(new RequestKey("b", "1"));
    }

    @Test
    void keysAreNotBlank() {
        assertThatThrownBy(() -> new RequestKey(" ", "r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be blank");
        assertThatThrownBy(() -> RequestKey.parse("noSlash"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'noSlash'");
    }

    @Test
    void anInstanceHoldsWhatItsContextAndItsCacheAllow() {
        InstanceCapacity capacity = new InstanceCapacity(List.of(), 4, 1_000, 600, 0, 0, 1, 10);
        assertThat(capacity.longestRunTokens()).isEqualTo(600);
        assertThat(capacity.canHold(request("r").tokens(500, 100).build())).isTrue();
        assertThat(capacity.canHold(request("r").tokens(500, 101).build())).isFalse();
        assertThat(capacity(4, 500).longestRunTokens()).isEqualTo(500);
    }

    @Test
    void anInstanceServesItsModelsOrAny() {
        assertThat(capacity(1, 1).serves("llama")).isTrue();
        assertThat(serving(capacity(1, 1), "llama").serves("llama")).isTrue();
        assertThat(serving(capacity(1, 1), "llama").serves("mistral")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e10})
    void anInstanceHasASpeed(double millisPerToken) {
        assertThatThrownBy(() -> withSpeed(capacity(1, 1), millisPerToken, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefill time");
        assertThatThrownBy(() -> withSpeed(capacity(1, 1), 1, millisPerToken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decode time");
    }

    @Test
    void anInstanceCanRunSomethingAndNotEverything() {
        assertThatThrownBy(() -> capacity(0, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 sequence");
        assertThatThrownBy(() -> new InstanceCapacity(List.of(), 1, Long.MAX_VALUE, 10, 0, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1125899906842624 KV tokens");
    }

    @Test
    void serviceTimeIsALineInPromptAndExpectedOutput() {
        PendingRequest request = request("r").tokens(100, 30).build();
        assertThat(ServiceModel.of(capacity(1, 1)).serviceMillis(request)).isEqualTo(400);
        assertThat(ServiceModel.of(withSpeed(capacity(1, 1), 0, 2)).serviceMillis(request))
                .isEqualTo(60);
        assertThat(ServiceModel.of(withSpeed(capacity(1, 1), 0, 0)))
                .isEqualTo(ServiceModel.UNKNOWN_HARDWARE);
    }

    @Test
    void targetsAreMetOnlyTogether() {
        RunMeasures measures = new RunMeasures(0, 100, 20, 500, 1, 2, 0, "stop");
        assertThat(measures.meets(SloTarget.NONE)).isTrue();
        assertThat(measures.meets(new SloTarget(100, 20, 500))).isTrue();
        assertThat(measures.meets(new SloTarget(99, 20, 500))).isFalse();
        assertThat(measures.meets(new SloTarget(100, 19, 500))).isFalse();
        assertThat(measures.meets(new SloTarget(100, 20, 499))).isFalse();
        RunMeasures oneToken = new RunMeasures(0, 100, Double.NaN, 500, 1, 1, 0, "stop");
        assertThat(oneToken.meets(new SloTarget(100, 1, 500))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.POSITIVE_INFINITY})
    void targetsArePositive(double millis) {
        assertThatThrownBy(() -> new SloTarget(Double.NaN, millis, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tpot");
    }

    @Test
    void hashesAreEqualByContent() {
        BlockHashes hashes = new BlockHashes(16, new long[] {1, 2});
        assertThat(hashes)
                .isEqualTo(new BlockHashes(16, new long[] {1, 2}))
                .hasSameHashCodeAs(new BlockHashes(16, new long[] {1, 2}))
                .isNotEqualTo(new BlockHashes(16, new long[] {1, 3}))
                .isNotEqualTo(new BlockHashes(8, new long[] {1, 2}));
        assertThatThrownBy(() -> new BlockHashes(0, new long[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 token");
    }
}
