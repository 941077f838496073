package io.sluice.apps.page.live;

import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * The order of a lane, as far as it can be told from decisions: an order by class, submission and
 * predicted service is reckoned by the policy itself; any other goes by what no decision tells, and
 * is shown by submission.
 */
final class LaneOrder {

    /** Nothing has been heard of the policy. */
    static final LaneOrder UNKNOWN = new LaneOrder("", null);

    private static final Set<String> TOLD =
            Set.of("fcfs", "priority", "pjf", "semantic", "sjf", "srtf");

    /** A millisecond for each token: predicted milliseconds are handed to it as tokens. */
    private static final ServiceModel MILLIS_AS_TOKENS = new ServiceModel(0, 1);

    private final String policy;
    private final @Nullable OrderingPolicy keys;

    private LaneOrder(String policy, @Nullable OrderingPolicy keys) {
        this.policy = policy;
        this.keys = keys;
    }

    /** The order that a decision names. */
    static LaneOrder of(String policy) {
        String name = policy.contains(":") ? policy.substring(0, policy.indexOf(':')) : policy;
        if (!TOLD.contains(name)) {
            return new LaneOrder(policy, null);
        }
        try {
            return new LaneOrder(policy, PolicyCatalog.ordering(policy));
        } catch (IllegalArgumentException ofAnotherVersion) {
            return new LaneOrder(policy, null);
        }
    }

    /** The policy as it was chosen; empty if it is not known. */
    String policy() {
        return policy;
    }

    /** Whether places are those of the policy. */
    boolean isTold() {
        return keys != null;
    }

    WaitingRequest placed(WaitingRequest request) {
        SortKey key =
                keys == null
                        ? new SortKey(0, 0, request.submittedMillis(), request.key())
                        : keys.keyOf(request.pending(), MILLIS_AS_TOKENS);
        return request.at(key);
    }

    /** What gives a request its place. */
    String words(WaitingRequest request, long nowMillis) {
        return keys == null
                ? "by submission"
                : keys.describe(Standing.waiting(request.pending(), nowMillis, MILLIS_AS_TOKENS));
    }
}
