package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.QueuedRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static io.sluice.core.policy.fairness.FairQueue.of;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whose turn it is, and what that comes to over time. */
final class FairnessTest {

    @ParameterizedTest
    @ValueSource(strings = {"vtc", "drr:quantum=20"})
    void aFloodOfOneTenantDoesNotHoldUpAnother(String fairness) {
        FairQueue queue = new FairQueue(fairness, "fcfs");
        for (int number = 0; number < 6; number++) {
            queue.arrive(of("a", number, 10, 10));
        }
        queue.arrive(of("b", 6, 10, 10));
        queue.arrive(of("b", 7, 10, 10));

        assertThat(queue.sendAll().subList(0, 4)).containsExactlyInAnyOrder("a0", "b6", "a1", "b7");
    }

    @Test
    void countersGrowWithWeightedTokens() {
        FairQueue queue = new FairQueue("vtc:input-weight=1,output-weight=2", "fcfs");
        queue.arrive(of("a", 0, 100, 50));
        queue.arrive(of("a", 1, 1, 1));
        queue.arrive(of("b", 2, 10, 20));
        queue.arrive(of("b", 3, 10, 55));
        queue.arrive(of("b", 4, 10, 1));

        // a: 100 + 2 * 50 = 200. b: 10 + 2 * 20 = 50, then 50 + 10 + 2 * 55 = 170, then 182.
        assertThat(queue.sendAll()).containsExactly("a0", "b2", "b3", "b4", "a1");
    }

    @Test
    void anUnderestimateIsChargedWhenTheTrueLengthIsKnown() {
        FairQueue queue = new FairQueue("vtc", "fcfs");
        PendingRequest underestimated = of("a", 0, 10, 10);
        queue.arrive(underestimated);
        queue.arrive(of("a", 1, 10, 10));
        queue.arrive(of("b", 2, 20, 20));
        queue.arrive(of("b", 3, 10, 10));
        assertThat(queue.send()).isEqualTo(underestimated);
        queue.order.ended(underestimated, 60);

        // a has received 10 + 2 * 60 = 130; without the correction it were 30 and its turn.
        assertThat(queue.sendAll()).containsExactly("b2", "b3", "a1");
    }

    /** Whatever was predicted, and however often it was interrupted. */
    @ParameterizedTest
    @CsvSource({"10, 4, 30", "10, 15, 30", "50, 7, 9"})
    void overAllRunsTheTrueLengthIsCharged(int predicted, int interruptedAt, int length) {
        CounterTurns turns = new CounterTurns(1, 2, TenantWeights.EQUAL, OrderMemory.EMPTY);
        turns.returned("b");
        turns.enter(0, "b");
        PendingRequest first = of("a", 0, 0, predicted);
        turns.returned("a");
        turns.sent(0, first);
        turns.ended(first, interruptedAt);
        PendingRequest again = first.withProgress(new Progress(interruptedAt, 0, 5));
        turns.sent(0, again);
        turns.ended(again.withProgress(new Progress(length - 1, 0)), length);

        assertThat(turns.memory().values()).containsEntry("vtc.counter/a", 2.0 * length);
    }

    @Test
    void nobodySavesUpServiceByStayingAway() {
        FairQueue queue = new FairQueue("vtc", "fcfs");
        for (int number = 0; number < 20; number++) {
            queue.arrive(of("a", number, 10, 10));
        }
        for (int sent = 0; sent < 10; sent++) {
            queue.send();
        }
        queue.arrive(of("b", 20, 10, 10));
        queue.arrive(of("b", 21, 10, 10));
        queue.arrive(of("b", 22, 10, 10));

        List<String> next = queue.sendAll().subList(0, 6);
        assertThat(next).filteredOn(id -> id.startsWith("b")).hasSize(3);
        assertThat(next.subList(0, 3)).filteredOn(id -> id.startsWith("b")).hasSizeLessThan(3);
    }

    /** A requeue for another reason than an arrival is no return. */
    @Test
    void takingUpTheSameRequestAgainChangesNothing() {
        FairQueue queue = new FairQueue("vtc", "fcfs");
        queue.arrive(of("a", 0, 90, 90));
        queue.arrive(of("a", 1, 90, 90));
        queue.arrive(of("b", 2, 10, 10));
        queue.arrive(of("b", 3, 10, 10));
        assertThat(List.of(queue.sendId(), queue.sendId())).containsExactly("a0", "b2");
        Map<String, Double> before = queue.order.memory().values();
        Map<QueuedRequest, PendingRequest> all = Map.copyOf(queue.waiting);
        all.keySet().forEach(queue.order::remove);
        all.forEach(queue.order::add);

        assertThat(queue.order.memory().values()).isEqualTo(before);
        assertThat(queue.sendAll()).containsExactly("b3", "a1");
    }

    @Test
    void whoIsAwayAndOwesNothingIsForgotten() {
        FairQueue queue = new FairQueue("vtc", "fcfs");
        for (int number = 0; number < 500; number++) {
            queue.arrive(of("t" + number + "-", number, 10, 10));
            queue.send();
        }
        assertThat(queue.order.memory().values()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vtc:weights=a=3/b=1", "drr:quantum=50,weights=a=3/b=1"})
    void sharesFollowTheWeights(String fairness) {
        FairQueue queue = new FairQueue(fairness, "fcfs");
        for (int number = 0; number < 400; number++) {
            queue.arrive(of("a", number, 10, 10));
            queue.arrive(of("b", number, 10, 10));
        }
        long ofA = 0;
        for (int sent = 0; sent < 400; sent++) {
            ofA += queue.send().key().tenant().equals("a") ? 1 : 0;
        }
        assertThat(ofA).isBetween(295L, 305L);
    }

    /** Long requests and short ones: what is shared out is tokens, not requests. */
    @ParameterizedTest
    @ValueSource(strings = {"vtc:output-weight=1", "drr:quantum=64"})
    void tokensAreSharedOutEvenly(String fairness) {
        FairQueue queue = new FairQueue(fairness, "sjf");
        for (int number = 0; number < 900; number++) {
            queue.arrive(of("a", number, 10, 10));
            queue.arrive(of("b", number, 150, 50));
            queue.arrive(of("c", number, 20, 20));
        }
        Map<String, Double> tokens = new TreeMap<>();
        for (int sent = 0; sent < 600; sent++) {
            PendingRequest request = queue.send();
            tokens.merge(request.key().tenant(), (double) request.reservedTokens(), Double::sum);
        }
        assertThat(JainIndex.of(tokens.values())).isGreaterThan(0.999);
    }

    @Test
    void classesGoBeforeTenantsWhereTheOrderIsByClasses() {
        assertThat(mixed("vtc", "semantic")).startsWith("a-urgent1", "a-urgent2");
        assertThat(mixed("vtc:scope=all", "semantic")).startsWith("a-urgent1", "b-idle1");
        assertThat(mixed("vtc", "sjf").get(1)).startsWith("b");
    }

    private static List<String> mixed(String fairness, String ordering) {
        FairQueue queue = new FairQueue(fairness, ordering);
        queue.arrive(request("a-urgent1").tenant("a").priority(4).tokens(10, 10).build());
        queue.arrive(request("a-urgent2").tenant("a").priority(4).tokens(10, 11).build());
        queue.arrive(request("b-idle1").tenant("b").priority(0).tokens(10, 10).build());
        queue.arrive(request("b-idle2").tenant("b").priority(0).tokens(10, 11).build());
        return queue.sendAll();
    }

    @Test
    void theQuantumIsSpentBeforeTheTurnPasses() {
        FairQueue queue = new FairQueue("drr:quantum=40", "fcfs");
        for (int number = 0; number < 4; number++) {
            queue.arrive(of("a", number, 10, 10));
            queue.arrive(of("b", number, 40, 40));
        }
        // A turn of a pays for two of its requests, two turns of b for one.
        assertThat(queue.sendAll()).containsExactly("a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3");
    }

    @Test
    void debtsAreRemembered() {
        FairQueue queue = new FairQueue("drr:quantum=20", "fcfs");
        PendingRequest underestimated = of("a", 0, 10, 10);
        queue.arrive(underestimated);
        for (int number = 1; number < 4; number++) {
            queue.arrive(of("a", number, 10, 10));
            queue.arrive(of("b", number, 10, 10));
        }
        assertThat(queue.sendId()).isEqualTo("a0");
        queue.order.ended(underestimated, 50);

        assertThat(queue.sendAll()).containsExactly("b1", "b2", "b3", "a1", "a2", "a3");
    }

    @Test
    void whatSharesNothingOutIsTheOrderItself() {
        OrderingPolicy fcfs = PolicyCatalog.ordering("fcfs");
        assertThat(PolicyCatalog.fairness().make("none").newOrder(fcfs, OrderMemory.EMPTY))
                .hasSameClassAs(fcfs.newOrder(OrderMemory.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vtc:weights=a=0",
                "vtc:weights=a=-1",
                "vtc:weights=a",
                "vtc:weights=a=x",
                "vtc:weights=a=1/a=2",
                "vtc:input-weight=-1",
                "vtc:output-weight=0",
                "vtc:scope=tenant",
                "drr:quantum=0",
                "drr:weights=a=NaN"
            })
    void whatIsNoShareIsRefused(String specification) {
        assertThatThrownBy(() -> PolicyCatalog.fairness().make(specification))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "fairness policy '%s': ".formatted(specification.substring(0, 3)));
    }

    @Test
    void tenantsMayHaveAnyName() {
        assertThat(TenantWeights.parse("a%2Fb%3Dc%2Cd%25=2").of("a/b=c,d%")).isEqualTo(2);
    }
}
