package io.sluice.apps.page.live;

import io.sluice.apps.page.live.PoliciesView.Change;
import io.sluice.apps.page.live.PoliciesView.Fate;
import io.sluice.apps.page.live.PoliciesView.InForce;
import io.sluice.apps.page.live.PoliciesView.Kind;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ConfigKind;
import io.sluice.schemas.avro.ControlEvent;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The policies by which the job says that it decides, and the orders of operators. */
final class Policies {

    /** Orders that are kept. */
    static final int MOST_CHANGES = 200;

    /** Orders that are shown. */
    static final int MOST_ROWS = 30;

    private static final Comparator<Change> NEWEST_FIRST =
            Comparator.comparingLong((Change change) -> -change.atMillis())
                    .thenComparing(Change::position);

    /**
     * What the job says of one kind.
     *
     * @param sinceMillis since when it says so of this policy
     */
    private record Said(String policy, long epoch, long version, long sinceMillis) {

        boolean isAfter(long otherEpoch, long otherVersion) {
            return epoch > otherEpoch || (epoch == otherEpoch && version > otherVersion);
        }
    }

    private final Map<Kind, Said> said = new EnumMap<>(Kind.class);
    private final TreeSet<Change> changes = new TreeSet<>(NEWEST_FIRST);
    private final Set<String> taken = new LinkedHashSet<>();
    private @Nullable String newestTaken;
    private long requestOrders;

    /** Takes in what the job says of a policy. What an older attempt still says counts no more. */
    void told(ConfigEvent event) {
        Kind kind = kind(event);
        String policy = event.getName();
        Long epoch = event.getEpoch();
        if (kind == null || policy == null || epoch == null) {
            return;
        }
        long at = event.getIssuedAt().toEpochMilli();
        Said before = said.get(kind);
        if (before != null && before.isAfter(epoch, event.getVersion())) {
            return;
        }
        take(event.getPosition());
        long since = before != null && before.policy().equals(policy) ? before.sinceMillis() : at;
        said.put(kind, new Said(policy, epoch, event.getVersion(), since));
    }

    private void take(@Nullable String position) {
        if (position == null) {
            return;
        }
        newestTaken = position;
        if (taken.add(position) && taken.size() > MOST_CHANGES) {
            taken.remove(taken.iterator().next());
        }
    }

    private static @Nullable Kind kind(ConfigEvent event) {
        if (event.getKind() != ConfigKind.POLICY) {
            return null;
        }
        for (Kind kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(event.getId())) {
                return kind;
            }
        }
        return null;
    }

    /**
     * Takes in an order.
     *
     * @param position its place: topic-partition-offset
     * @param atMillis when it was written
     */
    void ordered(ControlEvent order, String position, long atMillis) {
        switch (order.getType()) {
            case POLICY, DRAIN, UNDRAIN, OBJECTIVE -> keep(change(order, position, atMillis));
            case CANCEL, REPRIORITISE -> requestOrders++;
            default -> {
                // Of a newer version.
            }
        }
    }

    private void keep(Change change) {
        changes.add(change);
        if (changes.size() > MOST_CHANGES) {
            changes.pollLast();
        }
    }

    private static Change change(ControlEvent order, String position, long atMillis) {
        Map<Kind, String> policies = new EnumMap<>(Kind.class);
        put(policies, Kind.ORDERING, order.getOrderingPolicy());
        put(policies, Kind.FAIRNESS, order.getFairnessPolicy());
        put(policies, Kind.ADMISSION, order.getAdmissionPolicy());
        put(policies, Kind.PREEMPTION, order.getPreemptionPolicy());
        put(policies, Kind.BATCHING, order.getBatchingPolicy());
        put(policies, Kind.ROUTING, order.getRoutingPolicy());
        return new Change(
                position,
                order.getType().name(),
                atMillis,
                policies,
                order.getInstanceId(),
                order.getObjective() == null ? null : Promise.of(order.getObjective()),
                order.getRemoveObjective(),
                order.getIssuedBy(),
                order.getReason(),
                null);
    }

    private static void put(Map<Kind, String> policies, Kind kind, @Nullable String policy) {
        if (policy != null) {
            policies.put(kind, policy);
        }
    }

    PoliciesView view(Selection selection) {
        List<Change> selected =
                changes.stream()
                        .filter(change -> selection.isInstance(change.instance()))
                        .filter(change -> isOf(change.objective(), selection))
                        .toList();
        List<InForce> inForce = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            inForce.add(inForce(kind));
        }
        return new PoliciesView(
                inForce,
                selected.stream()
                        .limit(MOST_ROWS)
                        .map(change -> change.with(fate(change)))
                        .toList(),
                Math.max(0, selected.size() - MOST_ROWS),
                requestOrders);
    }

    private static boolean isOf(@Nullable Promise objective, Selection selection) {
        return objective == null || objective.concerns(selection);
    }

    private InForce inForce(Kind kind) {
        Said now = said.get(kind);
        if (now == null) {
            return InForce.unknown(kind);
        }
        // A job that began anew goes by its options, whatever was ordered before.
        Change setter = now.version() == 0 ? null : setter(kind, now.policy());
        return new InForce(
                kind,
                now.policy(),
                setter == null ? now.sinceMillis() : setter.atMillis(),
                setter != null,
                now.version(),
                setter == null ? null : setter.position());
    }

    /** The newest change that sets a kind to a policy, of those that the job has taken. */
    private @Nullable Change setter(Kind kind, String policy) {
        for (Change change : changes) {
            if (policy.equals(change.policies().get(kind)) && fate(change) != Fate.AWAITED) {
                return change;
            }
        }
        return null;
    }

    private @Nullable Fate fate(Change change) {
        if (change.policies().isEmpty()) {
            return null;
        }
        if (taken.contains(change.position())) {
            return Fate.TAKEN;
        }
        LogPosition newest = LogPosition.parse(newestTaken);
        LogPosition own = LogPosition.parse(change.position());
        return newest != null && own != null && own.isUpTo(newest) ? Fate.PASSED : Fate.AWAITED;
    }
}
