package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.testing.Orderings;
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

    /** One thing that happens. {@code number} picks a request or its traits. */
    private record Step(Kind kind, int number, int size) {
        enum Kind {
            ARRIVE,
            FINISH,
            CANCEL,
            REPRIORITISE,
            TIME,
            REBUILD
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step.Kind> kinds =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.just(Step.Kind.ARRIVE)),
                        Tuple.of(5, Arbitraries.just(Step.Kind.FINISH)),
                        Tuple.of(3, Arbitraries.of(Step.Kind.values())));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 999))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<String> policy() {
        List<String> specifications = new ArrayList<>(Orderings.withoutInterruptions());
        PolicyCatalog.orderings().entries().stream()
                .filter(entry -> entry.takes("max-overtake"))
                .forEach(entry -> specifications.add(entry.name() + ":max-overtake=2s"));
        specifications.addAll(
                List.of(
                        "classification:width=100,buckets=3",
                        "k-lpm:k=3,cache=one-query",
                        "k-lpm:k=1"));
        return Arbitraries.of(specifications);
    }

    @Property(tries = 2_000, seed = SEED)
    void dispatchesAreThoseOfTheReference(
            @ForAll("policy") String policy, @ForAll("steps") List<Step> steps) {
        Comparison comparison = new Comparison(policy);
        for (Step step : steps) {
            comparison.take(step);
            assertThat(comparison.fixture.dispatched()).isEqualTo(comparison.reference.dispatched);
            assertThat(comparison.fixture.released()).isEqualTo(comparison.reference.released);
        }
    }

    /** Gives both the same input. */
    private static final class Comparison {

        final LaneFixture fixture;
        final Reference reference;
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
            reference = new Reference(policy);
            worker = fixture.worker(1);
            fixture.connect(worker, CAPACITY);
        }

        void take(Step step) {
            switch (step.kind()) {
                case ARRIVE -> arrive(step);
                case FINISH -> finish(step);
                case CANCEL -> cancel(step);
                case REPRIORITISE -> reprioritise(step);
                case TIME -> pass(step);
                case REBUILD -> fixture.rebuild().started();
            }
        }

        private void arrive(Step step) {
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

        private void finish(Step step) {
            if (!reference.running.isEmpty()) {
                PendingRequest ended =
                        reference.running.get(step.number() % reference.running.size());
                fixture.report(worker.givenBack(LaneFixture.run(ended.key().requestId())));
                reference.finish(ended, fixture.now);
            }
        }

        private void cancel(Step step) {
            if (!reference.waiting.isEmpty()) {
                Reference.Place cancelled =
                        reference.waiting.get(step.number() % reference.waiting.size());
                fixture.lane.cancel(cancelled.request.key(), 1, "", fixture.now);
                reference.cancel(cancelled, fixture.now);
            }
        }

        private void reprioritise(Step step) {
            if (!reference.waiting.isEmpty()) {
                Reference.Place changed =
                        reference.waiting.get(step.number() % reference.waiting.size());
                int priority = step.size() % 5 - 1;
                fixture.lane.reprioritise(changed.request.key(), 1, priority, fixture.now);
                changed.request = changed.request.withPriority(priority);
                reference.settle(fixture.now);
            }
        }

        private void pass(Step step) {
            fixture.now += step.number();
            fixture.wakeup();
            reference.settle(fixture.now);
        }
    }

    /** The scheduler that is obviously right. Its look-ahead is one: nothing completes in time. */
    private static final class Reference {

        static final class Place {
            PendingRequest request;
            int passes;

            Place(PendingRequest request) {
                this.request = request;
            }
        }

        final List<Place> waiting = new ArrayList<>();
        final List<PendingRequest> running = new ArrayList<>();
        final List<String> dispatched = new ArrayList<>();
        final List<String> released = new ArrayList<>();
        private final ReferencePrefixes prefixes;
        private final String name;
        private final double overtakeMillis;
        private final int lengthClasses;
        private long now;
        private long sentAt;
        private long sentMillis;

        Reference(String specification) {
            name = specification.split(":")[0];
            prefixes = new ReferencePrefixes(specification, CACHE);
            lengthClasses = specification.contains("width=100") ? 3 : 10;
            overtakeMillis = specification.contains("max-overtake") ? 2_000 : 0;
        }

        void arrive(PendingRequest request, long now) {
            if (request.inputTokens() + Math.max(1, request.maxTokens()) > CACHE) {
                released.add(request.key().requestId() + " REJECTED_TOO_LONG");
            } else {
                waiting.add(new Place(request));
            }
            settle(now);
        }

        void finish(PendingRequest request, long now) {
            running.remove(request);
            released.add(request.key().requestId() + " GIVEN_BACK");
            settle(now);
        }

        void cancel(Place place, long now) {
            waiting.remove(place);
            released.add(place.request.key().requestId() + " CANCELLED");
            settle(now);
        }

        void settle(long millis) {
            now = millis;
            List<Place> late = new ArrayList<>(waiting);
            late.removeIf(place -> place.request.expiresAtMillis() > now);
            late.sort(
                    Comparator.<Place>comparingLong(place -> place.request.expiresAtMillis())
                            .thenComparing(place -> place.request.key().requestId()));
            waiting.removeAll(late);
            late.forEach(place -> released.add(place.request.key().requestId() + " EXPIRED"));
            while (dispatchOne()) {
                // One after the other.
            }
        }

        private boolean dispatchOne() {
            Place head = next();
            List<Place> fitting = new ArrayList<>(waiting);
            fitting.removeIf(place -> !fits(place.request));
            Place chosen = fitting.contains(head) ? head : first(fitting);
            if (chosen == null) {
                return false;
            }
            if (chosen != head) {
                if (head.passes == MAX_PASSES) {
                    return false;
                }
                head.passes++;
            }
            waiting.remove(chosen);
            running.add(chosen.request);
            sentMillis = (sentAt == now ? sentMillis : 0) + service(chosen.request);
            sentAt = now;
            prefixes.sent(chosen.request);
            dispatched.add(chosen.request.key().requestId());
            return true;
        }

        /** One more than the places; all but one mean run within the cache, before and after. */
        private boolean fits(PendingRequest request) {
            long tokens = tokens(request);
            long out = running.stream().mapToLong(Reference::tokens).sum();
            return running.size() < PLACES + 1
                    && tokens <= free(running.size(), out)
                    && 0 <= free(running.size() + 1, out + tokens);
        }

        private static long free(int runs, long tokens) {
            double mean = runs == 0 ? 0 : (double) tokens / runs;
            double lookAhead = Math.max(mean, (double) CACHE / PLACES);
            return CACHE + (long) Math.floor(lookAhead) - tokens;
        }

        private static long tokens(PendingRequest request) {
            return Math.min(CACHE, request.inputTokens() + request.maxTokens());
        }

        private Place next() {
            if (waiting.isEmpty() || !name.endsWith("lpm")) {
                return first(waiting);
            }
            List<PendingRequest> requests = waiting.stream().map(place -> place.request).toList();
            return waiting.get(prefixes.next(requests));
        }

        private Place first(List<Place> places) {
            if (name.equals("moore-hodgson")) {
                return planned().stream().filter(places::contains).findFirst().orElse(null);
            }
            Place best = null;
            for (Place place : places) {
                if (best == null || precedes(place.request, best.request)) {
                    best = place;
                }
            }
            return best;
        }

        /** Earliest due first, without the longest of those before one that would be late. */
        private List<Place> planned() {
            List<Place> byDue = new ArrayList<>(waiting);
            byDue.sort(
                    Comparator.<Place>comparingDouble(place -> due(place.request))
                            .thenComparing((a, b) -> precedes(a.request, b.request) ? -1 : 1));
            List<Place> inTime = new ArrayList<>();
            for (Place place : byDue) {
                inTime.add(place);
                long work = sentAt == now ? sentMillis : 0;
                Place longest = place;
                for (Place taken : inTime) {
                    work += service(taken.request);
                    longest = service(taken.request) > service(longest.request) ? taken : longest;
                }
                if (work > due(place.request)) {
                    inTime.remove(lastLike(longest, inTime));
                }
            }
            byDue.removeAll(inTime);
            inTime.addAll(byDue);
            return inTime;
        }

        private static Place lastLike(Place longest, List<Place> places) {
            Place last = longest;
            for (Place place : places) {
                last = service(place.request) == service(longest.request) ? place : last;
            }
            return last;
        }

        private double due(PendingRequest request) {
            double left =
                    request.deadlineMillis() == PendingRequest.NEVER
                            ? Double.POSITIVE_INFINITY
                            : request.deadlineMillis() - now;
            return PLACES * left - (PLACES - 1) * service(request);
        }

        private boolean precedes(PendingRequest a, PendingRequest b) {
            int byRule = overtakeMillis > 0 ? byAge(a, b) : byRule(a, b);
            if (byRule != 0) {
                return byRule < 0;
            }
            if (a.submittedAtMillis() != b.submittedAtMillis()) {
                return a.submittedAtMillis() < b.submittedAtMillis();
            }
            return a.key().requestId().compareTo(b.key().requestId()) < 0;
        }

        private int byRule(PendingRequest a, PendingRequest b) {
            return switch (name) {
                case "fcfs", "lpm", "k-lpm" -> 0;
                case "sjf" -> Long.compare(service(a), service(b));
                case "priority" -> Integer.compare(band(a), band(b));
                case "semantic" ->
                        thenBy(Integer.compare(band(a), band(b)), service(a), service(b));
                case "critical-path" -> byPath(a, b);
                case "edf" ->
                        thenBy(
                                Long.compare(a.deadlineMillis(), b.deadlineMillis()),
                                band(a),
                                band(b));
                case "classification" -> Integer.compare(lengthClass(a), lengthClass(b));
                case "ltr" ->
                        thenBy(
                                Boolean.compare(hasWaited(b), hasWaited(a)),
                                a.maxTokens(),
                                b.maxTokens());
                case "least-slack" -> Double.compare(latestStart(a), latestStart(b));
                case "moore-hodgson" ->
                        thenBy(
                                Long.compare(a.deadlineMillis(), b.deadlineMillis()),
                                service(a),
                                service(b));
                default -> throw new IllegalArgumentException("no reference for " + name);
            };
        }

        /** Two hundred steps of the ten milliseconds that the instance takes for a token. */
        private boolean hasWaited(PendingRequest request) {
            return now - request.submittedAtMillis() >= 200 * 10;
        }

        private int lengthClass(PendingRequest request) {
            int width = lengthClasses == 3 ? 100 : 820;
            return Math.min(lengthClasses - 1, request.maxTokens() / width);
        }

        private static double latestStart(PendingRequest request) {
            return slack(request) + request.submittedAtMillis() - service(request);
        }

        private static int byPath(PendingRequest a, PendingRequest b) {
            int byBand = Integer.compare(band(a), band(b));
            return byBand != 0 ? byBand : thenBy(byWhatWaits(a, b), service(a), service(b));
        }

        private static int byWhatWaits(PendingRequest a, PendingRequest b) {
            return Long.compare(b.criticalPathMillis(), a.criticalPathMillis());
        }

        private static int thenBy(int first, long a, long b) {
            return first != 0 ? first : Long.compare(a, b);
        }

        private int byAge(PendingRequest a, PendingRequest b) {
            int byPlace = Double.compare(place(a), place(b));
            if (byPlace != 0) {
                return byPlace;
            }
            return switch (name) {
                case "semantic" -> Long.compare(service(a), service(b));
                case "critical-path" -> thenBy(byWhatWaits(a, b), service(a), service(b));
                case "edf" -> Integer.compare(band(a), band(b));
                default -> 0;
            };
        }

        private double place(PendingRequest request) {
            double urgency =
                    switch (name) {
                        case "fcfs", "lpm", "k-lpm" -> 0;
                        case "sjf" -> Math.min(1, service(request) / 600_000.0);
                        case "priority" -> band(request) / 5.0;
                        case "semantic" ->
                                (band(request) + Math.min(1, service(request) / 600_000.0)) / 6;
                        case "critical-path" ->
                                (band(request)
                                                + (600_000 - request.criticalPathMillis())
                                                        / 600_000.0)
                                        / 6;
                        case "edf" -> Math.min(1, slack(request) / 3_600_000.0);
                        case "classification" -> lengthClass(request) / 10.0;
                        case "least-slack" ->
                                Math.min(
                                        1,
                                        Math.max(0, slack(request) - service(request))
                                                / 3_600_000.0);
                        default -> throw new IllegalArgumentException("no reference for " + name);
                    };
            return request.submittedAtMillis() + overtakeMillis * urgency;
        }

        private static double slack(PendingRequest request) {
            return request.deadlineMillis() == PendingRequest.NEVER
                    ? Double.POSITIVE_INFINITY
                    : request.deadlineMillis() - request.submittedAtMillis();
        }

        private static long service(PendingRequest request) {
            int output = request.maxTokens() == 0 ? 256 : request.maxTokens();
            return request.inputTokens() + 10L * output;
        }

        private static int band(PendingRequest request) {
            return request.priority() < 0 ? 5 : 4 - Math.min(4, request.priority());
        }
    }
}
