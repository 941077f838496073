package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A closed batch under {@code moore-hodgson}, on an instance that runs one request after the other:
 * no other order of the group has fewer late requests.
 */
final class FewestLateGroupTest {

    /** Output tokens, of 10 ms each, and milliseconds to the deadline. */
    private record Member(int outputTokens, int leftMillis) {

        int serviceMillis() {
            return 10 * outputTokens;
        }
    }

    @Provide
    Arbitrary<List<Member>> members() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 400))
                .as(Member::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(7);
    }

    @Property(tries = 400, seed = "17")
    void noOrderOfTheGroupHasFewerLateRequests(@ForAll("members") List<Member> members) {
        List<Member> sent = sent(members, "moore-hodgson");

        assertThat(sent).containsExactlyInAnyOrderElementsOf(members);
        assertThat(late(sent)).isEqualTo(fewestLate(new ArrayList<>(members), new ArrayList<>()));
    }

    @Test
    void earliestDeadlineFirstLosesAllForOne() {
        List<Member> members =
                List.of(
                        new Member(9, 80),
                        new Member(2, 100),
                        new Member(2, 110),
                        new Member(2, 120));

        assertThat(late(sent(members, "edf"))).isEqualTo(4);
        assertThat(late(sent(members, "moore-hodgson"))).isEqualTo(1);
    }

    private static List<Member> sent(List<Member> members, String ordering) {
        LanePolicies policies =
                LanePolicies.of(PolicyCatalog.ordering(ordering), new FitsInstance())
                        .with(new BatchFormation.Closed(members.size(), 100_000, 0));
        LaneSettings usual = LaneFixture.settings(ordering);
        LaneFixture fixture =
                new LaneFixture(
                                new LaneSettings(
                                        policies,
                                        usual.maxPasses(),
                                        usual.leaseMillis(),
                                        usual.leaseCheckMillis(),
                                        usual.orphanMillis(),
                                        usual.forgetMillis(),
                                        usual.dispatchesPerWakeup(),
                                        usual.tickMillis()))
                        .started()
                        .connected(capacity(1, 10_000));
        List<Assignment> together = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            PendingRequest request =
                    request("r" + i)
                            .tokens(0, members.get(i).outputTokens())
                            .deadline(fixture.now + members.get(i).leftMillis())
                            .build();
            together.add(new Assignment(request, 1));
        }
        fixture.lane.assign(together, fixture.now);
        return fixture.dispatched().stream()
                .map(id -> members.get(Integer.parseInt(id.substring(1))))
                .toList();
    }

    private static int late(List<Member> inOrder) {
        int end = 0;
        int late = 0;
        for (Member member : inOrder) {
            end += member.serviceMillis();
            late += end > member.leftMillis() ? 1 : 0;
        }
        return late;
    }

    private static int fewestLate(List<Member> left, List<Member> chosen) {
        if (left.isEmpty()) {
            return late(chosen);
        }
        int fewest = Integer.MAX_VALUE;
        for (Member member : List.copyOf(left)) {
            left.remove(member);
            chosen.add(member);
            fewest = Math.min(fewest, fewestLate(left, chosen));
            chosen.remove(chosen.size() - 1);
            left.add(member);
        }
        return fewest;
    }
}
