package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.ordering.Ageing;
import io.sluice.core.policy.ordering.Fcfs;
import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What each order is about. */
final class OrderingTest {

    private static final ServiceModel SERVICE = new ServiceModel(1, 10);

    private static List<String> order(String specification, PendingRequest... requests) {
        OrderingPolicy policy = PolicyCatalog.ordering(specification);
        return Stream.of(requests)
                .sorted(Comparator.comparing(request -> policy.keyOf(request, SERVICE)))
                .map(request -> request.key().requestId())
                .toList();
    }

    @Test
    void fcfsGoesByArrivalAlone() {
        assertThat(
                        order(
                                "fcfs",
                                request("late").submittedAt(5).priority(4).build(),
                                request("early").submittedAt(4).priority(-1).build()))
                .containsExactly("early", "late");
    }

    @Test
    void sjfGoesByPredictedServiceAndNotByPromptAlone() {
        assertThat(
                        order(
                                "sjf",
                                request("longPrompt").tokens(200, 1).build(),
                                request("longOutput").tokens(1, 100).build(),
                                request("predictedShort").tokens(1, 100).predicted(2).build()))
                .containsExactly("predictedShort", "longPrompt", "longOutput");
    }

    @Test
    void criticalPathGoesByClassThenByWhatWaitsThenByRemainingTime() {
        assertThat(
                        order(
                                "critical-path",
                                request("long").tokens(1, 100).build(),
                                request("short").tokens(1, 2).build(),
                                request("awaited").tokens(1, 200).build().withCriticalPath(10),
                                request("longAwaited").tokens(1, 200).build().withCriticalPath(90),
                                request("important").priority(1).build()))
                .containsExactly("important", "longAwaited", "awaited", "short", "long");
    }

    @Test
    void priorityIsFifoInsideAClassAndIgnoresLength() {
        assertThat(
                        order(
                                "priority",
                                request("a").priority(1).submittedAt(9).tokens(1, 1).build(),
                                request("b").priority(1).submittedAt(8).tokens(999, 1).build(),
                                request("shed").priority(-7).submittedAt(1).build(),
                                request("top").priority(99).submittedAt(20).build(),
                                request("p0").priority(4).submittedAt(19).build()))
                .containsExactly("p0", "top", "b", "a", "shed");
    }

    @Test
    void semanticGoesByClassThenByRemainingTime() {
        assertThat(
                        order(
                                "semantic",
                                request("lowShort").priority(0).tokens(1, 1).build(),
                                request("highLong").priority(2).tokens(900, 1).build(),
                                request("highShort").priority(2).tokens(9, 1).build()))
                .containsExactly("highShort", "highLong", "lowShort");
    }

    @Test
    void edfGoesByDeadlineThenByClassAndLeavesTheUnhurriedLast() {
        assertThat(
                        order(
                                "edf",
                                request("never").priority(4).build(),
                                request("expiresOnly").priority(4).expiresAt(1).build(),
                                request("soonLow").deadline(100).priority(0).build(),
                                request("soonHigh").deadline(100).priority(3).build(),
                                request("sooner").deadline(99).priority(-1).build()))
                .containsExactly("sooner", "soonHigh", "soonLow", "expiresOnly", "never");
    }

    /**
     * Without ageing the important one goes first however late it comes; with it, no later than X.
     */
    @ParameterizedTest
    @CsvSource({"priority", "semantic"})
    void ageingBoundsOvertakingAndTheBoundIsTight(String name) {
        PendingRequest shed = request("shed").priority(-1).tokens(600_000, 1).build();
        PendingRequest inTime = request("top").priority(4).tokens(1, 1).submittedAt(7_900).build();
        PendingRequest late = request("top").priority(4).tokens(1, 1).submittedAt(10_001).build();

        assertThat(order(name, shed, late)).containsExactly("top", "shed");
        assertThat(order(name + ":max-overtake=10s", shed, inTime)).containsExactly("top", "shed");
        assertThat(order(name + ":max-overtake=10s", shed, late)).containsExactly("shed", "top");
    }

    @Test
    void ageingBoundsTheWaitOfALongJob() {
        PendingRequest longest = request("long").tokens(1_000_000, 1).build();
        PendingRequest inTime = request("short").tokens(1, 1).submittedAt(9_999).build();
        PendingRequest late = request("short").tokens(1, 1).submittedAt(10_001).build();

        assertThat(order("sjf", longest, late)).containsExactly("short", "long");
        assertThat(order("sjf:max-overtake=10s", longest, inTime)).containsExactly("short", "long");
        assertThat(order("sjf:max-overtake=10s", longest, late)).containsExactly("long", "short");
    }

    @Test
    void ageingBoundsTheWaitOfARequestWithoutDeadline() {
        PendingRequest unhurried = request("unhurried").build();
        PendingRequest inTime = request("hurried").submittedAt(9_999).deadline(9_999).build();
        PendingRequest late = request("hurried").submittedAt(10_001).deadline(10_001).build();

        assertThat(order("edf", unhurried, late)).containsExactly("hurried", "unhurried");
        assertThat(order("edf:max-overtake=10s", unhurried, inTime))
                .containsExactly("hurried", "unhurried");
        assertThat(order("edf:max-overtake=10s", unhurried, late))
                .containsExactly("unhurried", "hurried");
    }

    /** Half of the distance in urgency is made up for by half of X. */
    @Test
    void ageingIsLinear() {
        PendingRequest low = request("low").priority(-1).build();
        PendingRequest middle = request("middle").priority(2).submittedAt(5_999).build();
        PendingRequest tooLate = request("middle").priority(2).submittedAt(6_001).build();

        assertThat(order("priority:max-overtake=10s", low, middle))
                .containsExactly("middle", "low");
        assertThat(order("priority:max-overtake=10s", low, tooLate))
                .containsExactly("low", "middle");
    }

    @Test
    void ageingKeepsTheSecondRuleAmongThoseThatArrivedTogether() {
        assertThat(
                        order(
                                "edf:max-overtake=10s",
                                request("a").deadline(100).priority(0).build(),
                                request("b").deadline(100).priority(3).build()))
                .containsExactly("b", "a");
    }

    @Test
    void ageingOfAnAgedOrderPromisesWhatItKeeps() {
        OrderingPolicy once = PolicyCatalog.ordering("priority:max-overtake=1s");
        assertThat(new Ageing(once, 5_000).overtakingBoundMillis()).isEqualTo(5_000);
    }

    @Test
    void boundsAreStated() {
        assertThat(PolicyCatalog.ordering("fcfs").overtakingBoundMillis()).isZero();
        assertThat(PolicyCatalog.ordering("sjf").overtakingBoundMillis()).isInfinite();
        assertThat(PolicyCatalog.ordering("sjf:max-overtake=2m").overtakingBoundMillis())
                .isEqualTo(120_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void ageingRefusesABoundThatIsNone(double millis) {
        assertThatThrownBy(() -> new Ageing(new Fcfs(), millis))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max-overtake must be a positive time");
    }

    @Test
    void sortKeyRefusesWhatHasNoPlace() {
        assertThatThrownBy(() -> new SortKey(Double.NaN, 0, 0, request("r").build().key()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant/r");
    }
}
