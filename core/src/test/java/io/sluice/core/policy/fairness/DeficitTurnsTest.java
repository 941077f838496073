package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Turns that are looked up are those that come out when everybody is looked at. */
final class DeficitTurnsTest {

    private static final ServiceModel SERVICE = new ServiceModel(1, 10);
    private static final OrderingPolicy ORDERING = PolicyCatalog.ordering("semantic");
    private static final TenantWeights WEIGHTS = new TenantWeights(Map.of("t1", 4.0, "t3", 0.25));
    private static final int STEPS = 4_000;

    private record Waiting(QueuedRequest queued, PendingRequest request) {}

    /** The same lane twice. */
    private static final class Pair {

        private final SplittableRandom random;
        private final boolean classesFirst;
        private final int tenants;
        private final long quantum;
        private final List<Waiting> waiting = new ArrayList<>();
        private final List<PendingRequest> running = new ArrayList<>();
        private FairOrder fast;
        private FairOrder plain;
        private int made;

        Pair(long seed, int tenants, long quantum) {
            this.random = new SplittableRandom(seed);
            this.classesFirst = seed % 2 == 0;
            this.tenants = tenants;
            this.quantum = quantum;
            this.fast = order(memory -> new DeficitTurns(quantum, WEIGHTS, memory));
            this.plain = order(memory -> new PlainDeficitTurns(quantum, WEIGHTS, memory));
        }

        private FairOrder order(Function<OrderMemory, Turns> turns) {
            return new FairOrder(classesFirst, turns.apply(OrderMemory.EMPTY));
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> arrive();
                case 3, 4, 5 -> send(0);
                case 6 -> send(random.nextInt(4));
                case 7 -> expire();
                case 8 -> end();
                default -> requeueOrRestore();
            }
        }

        private void arrive() {
            PendingRequest request =
                    request("r" + made++)
                            .tenant("t" + random.nextInt(tenants))
                            .priority(random.nextInt(-1, 6))
                            .submittedAt(made)
                            .tokens(random.nextInt(200), 1 + random.nextInt(100))
                            .build();
            fast.joined(request);
            plain.joined(request);
            add(waiting(request));
        }

        private void add(Waiting arrived) {
            waiting.add(arrived);
            fast.add(arrived.queued(), arrived.request());
            plain.add(arrived.queued(), arrived.request());
        }

        private void remove(Waiting leaving) {
            waiting.remove(leaving);
            fast.remove(leaving.queued());
            plain.remove(leaving.queued());
        }

        /** The first, or one behind it, as when the first does not fit. */
        private void send(int behind) {
            List<QueuedRequest> order = walked(plain);
            if (behind < order.size()) {
                Waiting sent =
                        waiting.stream()
                                .filter(one -> one.queued().equals(order.get(behind)))
                                .findFirst()
                                .orElseThrow();
                remove(sent);
                fast.sent(sent.request());
                plain.sent(sent.request());
                running.add(sent.request());
            }
        }

        private void expire() {
            if (!waiting.isEmpty()) {
                remove(waiting.get(random.nextInt(waiting.size())));
            }
        }

        private void end() {
            if (!running.isEmpty()) {
                PendingRequest ended = running.remove(random.nextInt(running.size()));
                int output = random.nextInt(400);
                fast.ended(ended, output);
                plain.ended(ended, output);
            }
        }

        private void requeueOrRestore() {
            if (random.nextInt(4) == 0) {
                fast = restored(new DeficitTurns(quantum, WEIGHTS, fast.memory()));
                plain = restored(new PlainDeficitTurns(quantum, WEIGHTS, plain.memory()));
            } else if (!waiting.isEmpty()) {
                Waiting moved = waiting.get(random.nextInt(waiting.size()));
                remove(moved);
                add(waiting(moved.request().withPriority(random.nextInt(5))));
            }
        }

        private FairOrder restored(Turns turns) {
            FairOrder order = new FairOrder(classesFirst, turns);
            waiting.forEach(one -> order.add(one.queued(), one.request()));
            return order;
        }

        private static Waiting waiting(PendingRequest request) {
            return new Waiting(
                    new QueuedRequest(
                            ORDERING.keyOf(request, SERVICE),
                            request.expiresAtMillis(),
                            request.reservedTokens(),
                            request.longestTokens(),
                            request.presentTokens(),
                            SERVICE.serviceMillis(request),
                            PriorityBand.of(request.priority())),
                    request);
        }

        static List<QueuedRequest> walked(QueueOrder order) {
            List<QueuedRequest> walked = new ArrayList<>();
            order.walk().forEachRemaining(walked::add);
            return walked;
        }
    }

    /** Weights are powers of two, so that the order of additions does not show. */
    @ParameterizedTest
    @CsvSource({"1,2,64", "2,5,16", "3,12,256", "4,12,1024", "5,40,8", "6,40,100000", "7,1,32"})
    void areThoseOfThePlainWay(long seed, int tenants, long quantum) {
        Pair pair = new Pair(seed, tenants, quantum);
        for (int step = 0; step < STEPS; step++) {
            pair.step();
            assertThat(Pair.walked(pair.fast))
                    .as("after step %d", step)
                    .isEqualTo(Pair.walked(pair.plain));
            assertThat(pair.fast.memory()).isEqualTo(pair.plain.memory());
        }
    }
}
