package io.sluice.core.policy;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderingPolicy.Interruptions;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.prediction.ServiceModel;
import io.sluice.core.testing.QueueStep;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the queue of every combination in the catalogue promises: it depends on who waits and on
 * what it remembers, not on who was added first, and loses nobody.
 */
final class CatalogQueueTest {

    private static final ServiceModel SERVICE = new ServiceModel(1, 10);

    /** What happens. */
    private enum Kind {
        ARRIVE,
        SEND,
        END,
        LEAVE
    }

    @Provide
    Arbitrary<List<QueueStep<Kind>>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.just(Kind.ARRIVE)),
                        Tuple.of(3, Arbitraries.just(Kind.SEND)),
                        Tuple.of(1, Arbitraries.just(Kind.END)),
                        Tuple.of(1, Arbitraries.just(Kind.LEAVE)));
        return QueueStep.sequences(kinds, 50);
    }

    @Provide
    Arbitrary<LanePolicies> policies() {
        List<LanePolicies> policies = new ArrayList<>();
        for (String ordering : PolicyCatalog.orderingNames()) {
            LanePolicies alone =
                    LanePolicies.of(PolicyCatalog.ordering(ordering), new FitsInstance());
            policies.add(alone);
            if (alone.ordering().interruptions() != Interruptions.IMPOSSIBLE) {
                policies.add(alone.with(PolicyCatalog.fairness().make("vtc")));
                policies.add(alone.with(PolicyCatalog.fairness().make("drr:quantum=50")));
            }
        }
        for (String prefix : List.of("lpm:tie=random", "k-lpm:k=3,cache=one-query,tie=random")) {
            policies.add(LanePolicies.of(PolicyCatalog.ordering(prefix), new FitsInstance()));
        }
        return Arbitraries.of(policies);
    }

    @Property(tries = 1_500, seed = "29")
    void theOrderDependsOnWhoWaitsAndOnWhatIsRemembered(
            @ForAll("policies") LanePolicies policies,
            @ForAll("steps") List<QueueStep<Kind>> steps,
            @ForAll long shuffleSeed) {
        Lane lane = new Lane(policies);
        Random random = new Random(shuffleSeed);
        for (QueueStep<Kind> step : steps) {
            lane.take(step);
            List<QueuedRequest> walked = lane.walked(lane.order);
            assertThat(walked).containsExactlyInAnyOrderElementsOf(lane.waiting.keySet());
            assertThat(lane.walked(lane.order)).isEqualTo(walked);
            assertThat(lane.walked(lane.restored(random))).isEqualTo(walked);
            if (!walked.isEmpty()) {
                QueuedRequest any = walked.get(step.size() % walked.size());
                assertThat(lane.order.position(any)).isEqualTo(walked.indexOf(any));
                lane.order.remove(any);
                lane.order.add(any, lane.waiting.get(any));
                assertThat(lane.walked(lane.order)).isEqualTo(walked);
            }
        }
    }

    /** A queue and who waits in it. */
    private static final class Lane {

        final LanePolicies policies;
        final Map<QueuedRequest, PendingRequest> waiting = new LinkedHashMap<>();
        private final List<PendingRequest> running = new ArrayList<>();
        final QueueOrder order;
        private int made;

        Lane(LanePolicies policies) {
            this.policies = policies;
            this.order = policies.newOrder(OrderMemory.EMPTY);
            order.cacheHolds(800);
        }

        void take(QueueStep<Kind> step) {
            switch (step.kind()) {
                case ARRIVE -> arrive(step);
                case SEND -> send();
                case END -> end(step);
                case LEAVE -> leave(step);
            }
        }

        private void send() {
            if (!waiting.isEmpty()) {
                QueuedRequest next = order.walk().next();
                PendingRequest request = waiting.remove(next);
                order.remove(next);
                order.sent(request);
                running.add(request);
            }
        }

        private void end(QueueStep<Kind> step) {
            if (!running.isEmpty()) {
                PendingRequest ended = running.remove(step.number() % running.size());
                order.ended(ended, step.size());
            }
        }

        private void leave(QueueStep<Kind> step) {
            if (!waiting.isEmpty()) {
                List<QueuedRequest> all = List.copyOf(waiting.keySet());
                QueuedRequest gone = all.get(step.number() % all.size());
                waiting.remove(gone);
                order.remove(gone);
            }
        }

        private void arrive(QueueStep<Kind> step) {
            int user = step.number() % 4;
            PendingRequest request =
                    request("r" + (999 - made++))
                            .tenant("t" + step.number() % 3)
                            .priority(step.number() % 6 - 1)
                            .submittedAt(step.size() % 10)
                            .tokens(step.size(), 1 + step.number() % 200)
                            .hashes(new BlockHashes(100, new long[] {1, user, step.size() % 3}))
                            .build();
            QueuedRequest queued =
                    new QueuedRequest(
                            policies.ordering().keyOf(Standing.waiting(request, 10, SERVICE)),
                            request.expiresAtMillis(),
                            request.reservedTokens(),
                            request.longestTokens(),
                            request.presentTokens(),
                            SERVICE.serviceMillis(request),
                            PriorityBand.of(request.priority()));
            order.joined(request);
            order.add(queued, request);
            waiting.put(queued, request);
        }

        QueueOrder restored(Random random) {
            QueueOrder other = policies.newOrder(order.memory());
            other.cacheHolds(800);
            List<QueuedRequest> shuffled = new ArrayList<>(waiting.keySet());
            Collections.shuffle(shuffled, random);
            shuffled.forEach(queued -> other.add(queued, waiting.get(queued)));
            assertThat(other.memory()).isEqualTo(order.memory());
            return other;
        }

        List<QueuedRequest> walked(QueueOrder queue) {
            List<QueuedRequest> walked = new ArrayList<>();
            queue.walk().forEachRemaining(walked::add);
            return walked;
        }
    }
}
