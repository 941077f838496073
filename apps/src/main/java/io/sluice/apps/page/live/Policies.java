package io.sluice.apps.page.live;

import io.sluice.apps.page.live.PoliciesView.Change;
import io.sluice.apps.page.live.PoliciesView.Fate;
import io.sluice.apps.page.live.PoliciesView.InForce;
import io.sluice.apps.page.live.PoliciesView.Kind;
import io.sluice.apps.page.live.PoliciesView.Told;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.Decision;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The policies by which decisions are made, and the orders of operators. */
final class Policies {

    /** Orders that are kept. */
    static final int MOST_CHANGES = 200;

    /** Orders that are shown. */
    static final int MOST_ROWS = 30;

    private static final Comparator<Change> NEWEST_FIRST =
            Comparator.comparingLong((Change change) -> -change.atMillis())
                    .thenComparing(Change::position);

    /** What decisions of one kind say. */
    private record Heard(
            String policy, long version, @Nullable String position, long sinceMillis) {}

    private final Map<Kind, Heard> heard = new EnumMap<>(Kind.class);
    private final TreeSet<Change> changes = new TreeSet<>(NEWEST_FIRST);
    private final Set<String> named = new LinkedHashSet<>();
    private @Nullable String newestNamed;
    private long newestVersion = -1;
    private long requestOrders;

    /** Takes in a decision. */
    void decided(Decision decision) {
        Long version = decision.getPolicyVersion();
        if (version == null) {
            return;
        }
        names(decision.getConfigPosition(), version);
        Kind kind = kind(decision);
        String policy = decision.getPolicy();
        if (kind == null || policy == null) {
            return;
        }
        Heard before = heard.get(kind);
        if (before != null && version < before.version()) {
            return;
        }
        long since = decision.getDecidedAt().toEpochMilli();
        if (before == null || !before.policy().equals(policy)) {
            heard.put(kind, new Heard(policy, version, decision.getConfigPosition(), since));
        } else if (version > before.version()) {
            heard.put(kind, new Heard(policy, version, before.position(), before.sinceMillis()));
        }
    }

    private void names(@Nullable String position, long version) {
        if (position == null || version < newestVersion) {
            return;
        }
        newestVersion = version;
        newestNamed = position;
        if (named.add(position) && named.size() > MOST_CHANGES) {
            named.remove(named.iterator().next());
        }
    }

    private static @Nullable Kind kind(Decision decision) {
        return switch (decision.getKind()) {
            case ROUTE -> Kind.ROUTING;
            case PREEMPT -> Kind.PREEMPTION;
            case DISPATCH, RELEASE, ADOPT, CANCEL -> Kind.ORDERING;
            default -> null;
        };
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
        Heard told = heard.get(kind);
        Change setter = setter(kind, told == null ? null : told.policy());
        Long since = setter == null ? null : (Long) setter.atMillis();
        String position = setter == null ? null : setter.position();
        if (told != null) {
            return new InForce(
                    kind,
                    told.policy(),
                    Told.DECISION,
                    since == null ? (Long) told.sinceMillis() : since,
                    since != null,
                    told.version(),
                    position);
        }
        return setter == null
                ? InForce.unknown(kind)
                : new InForce(
                        kind,
                        setter.policies().get(kind),
                        Told.CHANGE,
                        since,
                        true,
                        null,
                        position);
    }

    /** The newest change that sets a kind, of those that decisions were made after. */
    private @Nullable Change setter(Kind kind, @Nullable String policy) {
        for (Change change : changes) {
            String set = change.policies().get(kind);
            boolean matters = set != null && (policy == null || policy.equals(set));
            if (matters && (fate(change) == Fate.NAMED || fate(change) == Fate.PASSED)) {
                return change;
            }
        }
        return null;
    }

    private @Nullable Fate fate(Change change) {
        if (change.policies().isEmpty()) {
            return null;
        }
        if (named.contains(change.position())) {
            return Fate.NAMED;
        }
        LogPosition newest = LogPosition.parse(newestNamed);
        LogPosition own = LogPosition.parse(change.position());
        return newest != null && own != null && own.isUpTo(newest) ? Fate.PASSED : Fate.AWAITED;
    }
}
