package io.sluice.jobs.scheduling;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.RequestKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DecisionSamplingTest {

    private static final int MANY = 20_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 1})
    void tellsTheShareThatIsAskedFor(double share) {
        DecisionSampling sampling = new DecisionSampling(share);
        for (String tenant : new String[] {"acme", "globex"}) {
            long told =
                    IntStream.range(0, MANY)
                            .filter(i -> sampling.tells(new RequestKey(tenant, "req-" + i)))
                            .count();
            assertThat((double) told / MANY).isCloseTo(share, within(0.01));
        }
    }

    /** Whoever is told at a small share is told at a larger one, and twice the same. */
    @Test
    void goesByTheRequestAlone() {
        for (int i = 0; i < 1_000; i++) {
            RequestKey key = new RequestKey("acme", "req-" + i);
            boolean few = new DecisionSampling(0.1).tells(key);
            assertThat(new DecisionSampling(0.1).tells(new RequestKey("acme", "req-" + i)))
                    .isEqualTo(few);
            assertThat(!few || new DecisionSampling(0.5).tells(key)).isTrue();
        }
    }

    @Test
    void tellsHowEverythingEndedThatDidNotComplete() {
        DecisionSampling none = new DecisionSampling(0);
        RequestKey key = new RequestKey("acme", "r");
        assertThat(none.tellsEnd(key, Outcome.COMPLETED)).isFalse();
        assertThat(none.tellsEnd(key, Outcome.REJECTED_CAPACITY)).isTrue();
        assertThat(none.tellsEnd(key, Outcome.EVICTED_TTL)).isTrue();
        assertThat(none.tellsEnd(key, Outcome.FAILED)).isTrue();
    }
}
