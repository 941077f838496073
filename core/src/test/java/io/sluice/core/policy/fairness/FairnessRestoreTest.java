package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.testing.RequestBuilder;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** What fairness remembers is all that it goes by. */
final class FairnessRestoreTest {

    @Provide
    Arbitrary<List<PendingRequest>> requests() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(-1, 4),
                        Arbitraries.of(0, 1, 10, 500),
                        Arbitraries.of(1, 20, 300))
                .as(
                        (tenant, priority, input, output) ->
                                request("r" + tenant)
                                        .tenant("t" + tenant)
                                        .priority(priority)
                                        .tokens(input, output))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(FairnessRestoreTest::withIds);
    }

    private static List<PendingRequest> withIds(List<RequestBuilder> builders) {
        List<PendingRequest> requests = new ArrayList<>();
        for (int number = 0; number < builders.size(); number++) {
            requests.add(builders.get(number).id("r" + number).submittedAt(number % 5).build());
        }
        return requests;
    }

    @Provide
    Arbitrary<String> fairness() {
        return Arbitraries.of(
                "none",
                "vtc",
                "vtc:scope=all",
                "vtc:weights=t0=3/t1=0.5",
                "drr:quantum=100",
                "drr:quantum=7,weights=t2=2,scope=all");
    }

    /** Nothing is lost on the way, and a restore at any place changes nothing. */
    @Property(tries = 500, seed = "23")
    void aRestoreInTheMiddleGivesTheSameOrder(
            @ForAll("fairness") String fairness,
            @ForAll("requests") List<PendingRequest> requests,
            @ForAll boolean byClass) {
        String ordering = byClass ? "semantic" : "fcfs";
        FairQueue unbroken = new FairQueue(fairness, ordering);
        FairQueue restored = new FairQueue(fairness, ordering);
        List<PendingRequest> sent = new ArrayList<>();
        for (int at = 0; at < requests.size(); at++) {
            unbroken.arrive(requests.get(at));
            restored.arrive(requests.get(at));
            if (at % 3 == 2) {
                PendingRequest next = unbroken.send();
                assertThat(restored.send()).isEqualTo(next);
                sent.add(next);
            }
            if (at % 7 == 6) {
                PendingRequest ended = sent.remove(0);
                unbroken.order.ended(ended, at * 10);
                restored.order.ended(ended, at * 10);
            }
            restored.restore();
            assertThat(restored.walked()).isEqualTo(unbroken.walked());
            assertThat(restored.order.memory()).isEqualTo(unbroken.order.memory());
        }
        assertThat(unbroken.walked()).hasSize(unbroken.waiting.size());
        assertThat(restored.sendAll()).isEqualTo(unbroken.sendAll());
    }
}
