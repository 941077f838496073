package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.QueueStep;
import io.sluice.core.testing.WorkerLog;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups against rules written down a second time: a list, looked through from end to end after
 * everything that happens.
 */
final class ClosedBatchReferenceTest {

    private static final int PLACES = 3;
    private static final long CACHE = 1_000;

    /** What happens. */
    private enum Kind {
        ARRIVE,
        FINISH,
        CANCEL,
        TIME,
        REBUILD
    }

    @Provide
    Arbitrary<List<QueueStep<Kind>>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(Kind.ARRIVE)),
                        Tuple.of(1, Arbitraries.just(Kind.FINISH)),
                        Tuple.of(5, Arbitraries.of(Kind.values())));
        return QueueStep.sequences(kinds, 60);
    }

    @Provide
    Arbitrary<BatchFormation.Closed> rules() {
        return Combinators.combine(
                        Arbitraries.of(0L, 1L, 2L, 5L),
                        Arbitraries.of(0L, 150L, 600L, 5_000L),
                        Arbitraries.of(0.0, 100.0, 750.0))
                .as(BatchFormation.Closed::new);
    }

    @Property(tries = 1_500, seed = "5")
    void groupsAreThoseOfTheReference(
            @ForAll("rules") BatchFormation.Closed rule,
            @ForAll("steps") List<QueueStep<Kind>> steps) {
        Comparison comparison = new Comparison(rule);
        for (QueueStep<Kind> step : steps) {
            comparison.take(step);
            assertThat(comparison.fixture.dispatched()).isEqualTo(comparison.dispatched);
            assertThat(comparison.fixture.lane.nextWakeupMillis())
                    .isGreaterThan(comparison.fixture.now);
        }
    }

    /** Gives both the same input, and holds what the reference makes of it. */
    private static final class Comparison {

        final BatchFormation.Closed rule;
        final LaneFixture fixture;
        final WorkerLog worker;
        final List<PendingRequest> waiting = new ArrayList<>();
        final List<String> running = new ArrayList<>();
        final List<String> dispatched = new ArrayList<>();
        int made;

        Comparison(BatchFormation.Closed rule) {
            this.rule = rule;
            LanePolicies policies =
                    LanePolicies.of(PolicyCatalog.ordering("priority"), new FitsInstance())
                            .with(rule);
            fixture =
                    new LaneFixture(
                                    new LaneSettings(
                                            policies,
                                            16,
                                            Long.MAX_VALUE / 2,
                                            1_000_000,
                                            30_000,
                                            3_600_000,
                                            1,
                                            1))
                            .started();
            worker = fixture.worker(1);
            fixture.connect(worker, capacity(PLACES, CACHE));
        }

        void take(QueueStep<Kind> step) {
            switch (step.kind()) {
                case ARRIVE -> arrive(step);
                case FINISH -> finish(step);
                case CANCEL -> cancel(step);
                case TIME -> pass(step);
                case REBUILD -> fixture.rebuild().started();
            }
            settle();
        }

        private void arrive(QueueStep<Kind> step) {
            List<Assignment> together = new ArrayList<>();
            for (int i = 0; i < 1 + step.number() % 3; i++) {
                PendingRequest request =
                        request("r" + (999 - made++))
                                .submittedAt(fixture.now - step.size() % 4 * 50)
                                .priority((step.number() + i) % 3)
                                .tokens(1 + step.size() % 7 * 90, 1 + (step.size() + i) % 11 * 33)
                                .build();
                together.add(new Assignment(request, 1));
                waiting.add(request);
            }
            fixture.lane.assign(together, fixture.now);
        }

        private void finish(QueueStep<Kind> step) {
            if (!running.isEmpty()) {
                String ended = running.remove(step.number() % running.size());
                fixture.report(worker.completed(LaneFixture.run(ended)));
            }
        }

        private void cancel(QueueStep<Kind> step) {
            if (!waiting.isEmpty()) {
                PendingRequest gone = waiting.remove(step.number() % waiting.size());
                fixture.lane.cancel(gone.key(), 1, "", fixture.now);
            }
        }

        private void pass(QueueStep<Kind> step) {
            fixture.now += step.number();
            fixture.wakeup();
        }

        private void settle() {
            if (!running.isEmpty() || waiting.isEmpty() || !isDue()) {
                return;
            }
            waiting.sort(
                    Comparator.<PendingRequest>comparingInt(request -> -request.priority())
                            .thenComparingLong(PendingRequest::submittedAtMillis)
                            .thenComparing(PendingRequest::key));
            long tokens = 0;
            for (PendingRequest request : List.copyOf(waiting)) {
                boolean fits = tokens + request.reservedTokens() <= mostTokens();
                if (running.size() < mostRequests() && (running.isEmpty() || fits)) {
                    tokens += request.reservedTokens();
                    waiting.remove(request);
                    running.add(request.key().requestId());
                    dispatched.add(request.key().requestId());
                }
            }
        }

        private boolean isDue() {
            long oldest =
                    waiting.stream()
                            .mapToLong(PendingRequest::submittedAtMillis)
                            .min()
                            .orElseThrow();
            return waiting.size() >= mostRequests()
                    || waiting.stream().mapToLong(PendingRequest::reservedTokens).sum()
                            >= mostTokens()
                    || fixture.now - oldest >= rule.waitMillis();
        }

        private long mostRequests() {
            return rule.size() == 0 ? PLACES : rule.size();
        }

        private long mostTokens() {
            return rule.tokens() == 0 ? CACHE : rule.tokens();
        }
    }
}
