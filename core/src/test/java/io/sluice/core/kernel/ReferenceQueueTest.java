package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.testing.Orderings;
import io.sluice.core.testing.QueueStep;
import io.sluice.core.testing.WorkerLog;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.List;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lane against a scheduler so simple that it is obviously right: a list, searched from end to
 * end for the request that no other should precede. Its rules are written down here a second time,
 * without keys, indexes or caches.
 */
final class ReferenceQueueTest {

    private static final String SEED = "3";
    private static final int MAX_PASSES = 4;
    private static final int PLACES = 3;
    private static final long CACHE = 1_000;
    private static final InstanceCapacity CAPACITY = capacity(PLACES, CACHE);

    /** What happens. */
    private enum Kind {
        ARRIVE,
        FINISH,
        CANCEL,
        REVALUE,
        TIME,
        REBUILD
    }

    @Provide
    Arbitrary<List<QueueStep<Kind>>> steps() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.just(Kind.ARRIVE)),
                        Tuple.of(5, Arbitraries.just(Kind.FINISH)),
                        Tuple.of(3, Arbitraries.of(Kind.values())));
        return QueueStep.sequences(kinds, 60);
    }

    @Provide
    Arbitrary<String> policy() {
        List<String> specifications = new ArrayList<>(Orderings.withoutInterruptions());
        PolicyCatalog.orderings().entries().stream()
                .filter(entry -> entry.takes("max-overtake"))
                .forEach(entry -> specifications.add(entry.name() + ":max-overtake=2s"));
        specifications.addAll(
                List.of(
                        "moore-hodgson:horizon=2",
                        "classification:width=100,buckets=3",
                        "k-lpm:k=3,cache=one-query",
                        "k-lpm:k=1"));
        return Arbitraries.of(specifications);
    }

    @Property(tries = 2_000, seed = SEED)
    void dispatchesAreThoseOfTheReference(
            @ForAll("policy") String policy, @ForAll("steps") List<QueueStep<Kind>> steps) {
        Comparison comparison = new Comparison(policy);
        for (QueueStep<Kind> step : steps) {
            comparison.take(step);
            assertThat(comparison.fixture.dispatched()).isEqualTo(comparison.reference.dispatched);
            assertThat(comparison.fixture.released()).isEqualTo(comparison.reference.released);
        }
    }

    /** Gives both the same input. */
    private static final class Comparison {

        final LaneFixture fixture;
        final ReferenceScheduler reference;
        final WorkerLog worker;
        int made;

        Comparison(String policy) {
            LaneSettings base = LaneFixture.settings(policy);
            fixture =
                    new LaneFixture(
                                    new LaneSettings(
                                            LanePolicies.of(base.ordering(), base.admission()),
                                            MAX_PASSES,
                                            Long.MAX_VALUE / 2,
                                            1_000,
                                            30_000,
                                            3_600_000,
                                            1_000,
                                            1))
                            .started();
            reference = new ReferenceScheduler(policy, PLACES, CACHE, MAX_PASSES);
            worker = fixture.worker(1);
            fixture.connect(worker, CAPACITY);
        }

        void take(QueueStep<Kind> step) {
            switch (step.kind()) {
                case ARRIVE -> arrive(step);
                case FINISH -> finish(step);
                case CANCEL -> cancel(step);
                case REVALUE -> revalue(step);
                case TIME -> pass(step);
                case REBUILD -> fixture.rebuild().started();
            }
        }

        private void arrive(QueueStep<Kind> step) {
            int traits = step.number();
            int sizes = step.size();
            PendingRequest request =
                    request("r" + (999 - made++))
                            .submittedAt(fixture.now - traits % 5 * 700)
                            .priority(traits % 4 - 1)
                            .tokens(1 + sizes % 7 * 90, 1 + sizes % 11 * 33)
                            .hashes(ReferencePrefixes.hashes(traits, sizes))
                            .build();
            if (traits % 3 == 0) {
                request = withDeadline(request, fixture.now + 100 + traits % 7 * 900);
            }
            request = request.withCriticalPath(traits % 5 * 400L);
            fixture.lane.assign(request, 1, fixture.now);
            reference.arrive(request, fixture.now);
        }

        private static PendingRequest withDeadline(PendingRequest like, long deadline) {
            return request(like.key().requestId())
                    .submittedAt(like.submittedAtMillis())
                    .priority(like.priority())
                    .tokens(like.inputTokens(), like.maxTokens())
                    .hashes(like.passengers().hashes())
                    .deadline(deadline)
                    .build();
        }

        private void finish(QueueStep<Kind> step) {
            if (!reference.running.isEmpty()) {
                PendingRequest ended =
                        reference.running.get(step.number() % reference.running.size());
                fixture.report(worker.givenBack(LaneFixture.run(ended.key().requestId())));
                reference.finish(ended, fixture.now);
            }
        }

        private void cancel(QueueStep<Kind> step) {
            if (!reference.waiting.isEmpty()) {
                ReferenceScheduler.Place cancelled =
                        reference.waiting.get(step.number() % reference.waiting.size());
                fixture.lane.cancel(cancelled.request.key(), 1, "", fixture.now);
                reference.cancel(cancelled, fixture.now);
            }
        }

        private void revalue(QueueStep<Kind> step) {
            if (!reference.waiting.isEmpty()) {
                ReferenceScheduler.Place changed =
                        reference.waiting.get(step.number() % reference.waiting.size());
                int priority = step.size() % 5 - 1;
                long path = step.size() % 7 * 300L;
                fixture.lane.revalue(changed.request.key(), 1, priority, path, fixture.now);
                changed.request = changed.request.withPriority(priority).withCriticalPath(path);
                reference.settle(fixture.now);
            }
        }

        private void pass(QueueStep<Kind> step) {
            fixture.now += step.number();
            fixture.wakeup();
            reference.settle(fixture.now);
        }
    }
}
