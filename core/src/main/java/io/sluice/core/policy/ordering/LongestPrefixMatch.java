package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

import java.util.Optional;

/**
 * The longest match with what the instance has cached first; with a period k, every k-th request
 * sent is the oldest instead (k-LPM, arXiv 2502.04677). Among those that match equally the oldest
 * goes first. What is cached is reckoned from what was sent, and forgotten when the instance is
 * replaced.
 */
public final class LongestPrefixMatch implements OrderingPolicy {

    private final String name;
    private final PrefixSettings settings;

    /**
     * Creates the order.
     *
     * @param name its name in the catalogue: with and without a period it is known by two
     * @param settings how it chooses
     */
    public LongestPrefixMatch(String name, PrefixSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Interruptions interruptions() {
        return Interruptions.IMPOSSIBLE;
    }

    /** By age; the queue chooses among the aged. */
    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        return new SortKey(0, 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public QueueOrder newOrder(OrderMemory memory) {
        return new PrefixOrder(settings, memory);
    }

    @Override
    public Optional<String> lacks(PendingRequest request) {
        return request.passengers().hashes().hashes().length > 0
                ? Optional.empty()
                : Optional.of("block hashes of its prompt (hash_ids and hash_block_tokens)");
    }

    @Override
    public String describe(Standing standing) {
        return settings.period() == PrefixSettings.NEVER
                ? "longest cached prefix"
                : "longest cached prefix, the oldest every %d".formatted(settings.period());
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return 0;
    }

    @Override
    public double overtakingBoundMillis() {
        return settings.period() == 1 ? 0 : settings.maxOvertakeMillis();
    }
}
