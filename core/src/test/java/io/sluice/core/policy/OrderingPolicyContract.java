package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.ServiceModel;
import io.sluice.core.testing.RequestBuilder;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every ordering policy promises. Extend it with the policies to be tested: those of the
 * catalogue here, your own in the jar that brings them.
 */
public abstract class OrderingPolicyContract {

    private static final String SEED = "20260817";
    private static final long START_MILLIS = 1_790_000_000_000L;

    /** The policies under test, at least one. */
    protected abstract List<OrderingPolicy> policies();

    /** One of the policies. */
    @Provide
    public Arbitrary<OrderingPolicy> policy() {
        return Arbitraries.of(policies());
    }

    /** Speeds of instances. */
    @Provide
    public Arbitrary<ServiceModel> service() {
        return Arbitraries.of(
                ServiceModel.UNKNOWN_HARDWARE,
                new ServiceModel(1, 10),
                new ServiceModel(0, 25.5),
                new ServiceModel(1e9, 1e9));
    }

    /** Up to 12 requests of few distinct values, so that ties of every kind are common. */
    @Provide
    public Arbitrary<List<PendingRequest>> requests() {
        return request().list().ofMinSize(1).ofMaxSize(12).map(OrderingPolicyContract::withIds);
    }

    private static Arbitrary<RequestBuilder> request() {
        return Combinators.combine(
                        Arbitraries.of(0L, 1L, 250L, 10_000L, 4_000_000L),
                        Arbitraries.integers().between(-2, 6),
                        Arbitraries.of(0, 1, 100, 20_000, 2_000_000),
                        Arbitraries.of(0, 1, 100, 30_000),
                        Arbitraries.of(-1L, 0L, 1L, 5_000L, 3_600_000L, 90_000_000L))
                .as(OrderingPolicyContract::request);
    }

    private static RequestBuilder request(
            long arrival, int priority, int input, int output, long slack) {
        RequestBuilder builder =
                RequestBuilder.request("r")
                        .submittedAt(START_MILLIS + arrival)
                        .priority(priority)
                        .tokens(input, output);
        return slack < 0 ? builder : builder.deadline(START_MILLIS + arrival + slack);
    }

    private static List<PendingRequest> withIds(List<RequestBuilder> builders) {
        List<PendingRequest> requests = new ArrayList<>(builders.size());
        for (RequestBuilder builder : builders) {
            requests.add(withId(builder.build(), "r" + requests.size()));
        }
        return requests;
    }

    private static PendingRequest withId(PendingRequest like, String id) {
        RequestBuilder builder =
                RequestBuilder.request(id)
                        .submittedAt(like.submittedAtMillis())
                        .priority(like.priority())
                        .tokens(like.inputTokens(), like.maxTokens());
        boolean hurried = like.deadlineMillis() != PendingRequest.NEVER;
        return hurried ? builder.deadline(like.deadlineMillis()).build() : builder.build();
    }

    private static PendingRequest submittedAt(PendingRequest like, long millis) {
        long slack = like.deadlineMillis() - like.submittedAtMillis();
        RequestBuilder builder =
                RequestBuilder.request(like.key().requestId())
                        .submittedAt(millis)
                        .priority(like.priority())
                        .tokens(like.inputTokens(), like.maxTokens());
        boolean hurried = like.deadlineMillis() != PendingRequest.NEVER;
        return hurried ? builder.deadline(millis + slack).build() : builder.build();
    }

    /** Two different requests never share a place, and each pair is ordered one way only. */
    @Property(seed = SEED)
    public void orderIsStrictAndTotal(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") List<PendingRequest> requests) {
        for (PendingRequest a : requests) {
            for (PendingRequest b : requests) {
                int ab = policy.keyOf(a, service).compareTo(policy.keyOf(b, service));
                int ba = policy.keyOf(b, service).compareTo(policy.keyOf(a, service));
                assertThat(Integer.signum(ab)).isEqualTo(-Integer.signum(ba));
                assertThat(ab == 0).isEqualTo(a.key().equals(b.key()));
            }
        }
    }

    /** Going first is transitive. */
    @Property(seed = SEED)
    public void orderIsTransitive(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") @Size(min = 3) List<PendingRequest> requests) {
        List<SortKey> keys = requests.stream().map(r -> policy.keyOf(r, service)).toList();
        for (SortKey a : keys) {
            for (SortKey b : keys) {
                for (SortKey c : keys) {
                    if (a.compareTo(b) < 0 && b.compareTo(c) < 0) {
                        assertThat(a).isLessThan(c);
                    }
                }
            }
        }
    }

    /** The order in which requests were queued leaves no trace. */
    @Property(seed = SEED)
    public void orderDoesNotDependOnInsertion(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") List<PendingRequest> requests,
            @ForAll long shuffleSeed) {
        List<PendingRequest> shuffled = new ArrayList<>(requests);
        Collections.shuffle(shuffled, new Random(shuffleSeed));
        assertThat(ordered(policy, service, shuffled))
                .containsExactlyElementsOf(ordered(policy, service, requests));
    }

    private static List<SortKey> ordered(
            OrderingPolicy policy, ServiceModel service, List<PendingRequest> requests) {
        TreeSet<SortKey> keys = new TreeSet<>();
        requests.forEach(request -> keys.add(policy.keyOf(request, service)));
        return List.copyOf(keys);
    }

    /** A request's key names its arrival and its id, the tie-breakers. */
    @Property(seed = SEED)
    public void keyCarriesTheTieBreakers(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") List<PendingRequest> requests) {
        for (PendingRequest request : requests) {
            SortKey key = policy.keyOf(request, service);
            assertThat(key.arrivalMillis()).isEqualTo(request.submittedAtMillis());
            assertThat(key.key()).isEqualTo(request.key());
        }
    }

    /** Among equals in all but id, the smaller id goes first. */
    @Property(seed = SEED)
    public void tiesGoToTheSmallerId(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") List<PendingRequest> requests) {
        PendingRequest like = requests.get(0);
        SortKey a = policy.keyOf(withId(like, "a"), service);
        SortKey b = policy.keyOf(withId(like, "b"), service);
        assertThat(a).isLessThan(b);
    }

    /** Among equals that have no deadline, the earlier arrival goes first. */
    @Property(seed = SEED)
    public void tiesGoToTheEarlierArrival(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") List<PendingRequest> requests) {
        PendingRequest earlier =
                RequestBuilder.request("z")
                        .submittedAt(START_MILLIS)
                        .priority(requests.get(0).priority())
                        .tokens(requests.get(0).inputTokens(), requests.get(0).maxTokens())
                        .build();
        PendingRequest later = withId(submittedAt(earlier, START_MILLIS + 1), "a");
        assertThat(policy.keyOf(earlier, service)).isLessThan(policy.keyOf(later, service));
    }

    /** Urgency lies in [0, 1] and follows the order among requests that arrived together. */
    @Property(seed = SEED)
    public void urgencyFollowsTheOrderAmongThoseThatArrivedTogether(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") List<PendingRequest> requests) {
        List<PendingRequest> together =
                requests.stream()
                        .map(request -> submittedAt(request, START_MILLIS))
                        .sorted(Comparator.comparing(request -> policy.keyOf(request, service)))
                        .toList();
        double before = 0;
        for (PendingRequest request : together) {
            double urgency = policy.urgency(request, service);
            assertThat(urgency).isBetween(before, 1.0);
            before = urgency;
        }
    }

    /** Nothing goes ahead of a request that was submitted earlier by more than the bound. */
    @Property(seed = SEED)
    public void nothingOvertakesByMoreThanTheBound(
            @ForAll("policy") OrderingPolicy policy,
            @ForAll("service") ServiceModel service,
            @ForAll("requests") List<PendingRequest> requests) {
        double bound = policy.overtakingBoundMillis();
        for (PendingRequest earlier : requests) {
            for (PendingRequest later : requests) {
                if (later.submittedAtMillis() - earlier.submittedAtMillis() > bound) {
                    assertThat(policy.keyOf(earlier, service))
                            .isLessThan(policy.keyOf(later, service));
                }
            }
        }
    }
}
