package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueuedRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@link DeficitTurns} as one would write it first: whoever waits is looked at for each turn, and
 * every account is touched by every visit.
 */
final class PlainDeficitTurns implements Turns {

    private static final String DEFICIT = "drr.deficit/";
    private static final String CURSOR = "drr.cursor/";

    /** When a tenant can pay: in which round, and where in it. */
    private record Turn(double round, int place, String tenant) {}

    private static final Comparator<Turn> ORDER =
            Comparator.comparingDouble(Turn::round).thenComparingInt(Turn::place);

    private final long quantumTokens;
    private final TenantWeights weights;
    private final Map<String, Double> deficits = new HashMap<>();
    private final List<NavigableMap<String, Long>> waiting = new ArrayList<>();

    /** In how many classes a tenant waits. */
    private final Map<String, Integer> presence = new HashMap<>();

    /** Whose turn it is; empty before the first. */
    private String cursor = "";

    PlainDeficitTurns(long quantumTokens, TenantWeights weights, OrderMemory memory) {
        this.quantumTokens = quantumTokens;
        this.weights = weights;
        for (int band = 0; band < PriorityBand.values().length; band++) {
            waiting.add(new TreeMap<>());
        }
        memory.values().forEach(this::restore);
    }

    private void restore(String name, double value) {
        if (name.startsWith(DEFICIT)) {
            deficits.put(name.substring(DEFICIT.length()), value);
        } else if (name.startsWith(CURSOR)) {
            cursor = name.substring(CURSOR.length());
        }
    }

    @Override
    public void returned(String tenant) {
        loseSavings(tenant);
    }

    private void loseSavings(String tenant) {
        deficits.computeIfPresent(tenant, (same, deficit) -> deficit < 0 ? deficit : null);
    }

    @Override
    public void enter(int band, String tenant) {
        presence.merge(tenant, 1, Integer::sum);
    }

    @Override
    public void first(int band, QueuedRequest first) {
        waiting.get(band).put(first.key().tenant(), first.tokens());
    }

    @Override
    public void leave(int band, String tenant) {
        waiting.get(band).remove(tenant);
        presence.computeIfPresent(tenant, (same, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public Iterator<String> walk(int band) {
        List<Turn> turns = new ArrayList<>();
        for (String tenant : ring(waiting.get(band).navigableKeySet())) {
            turns.add(turn(tenant, turns.size(), waiting.get(band).get(tenant)));
        }
        turns.sort(ORDER);
        return turns.stream().map(Turn::tenant).iterator();
    }

    /** Tenants from the one after the cursor to the cursor itself. */
    private List<String> ring(NavigableSet<String> tenants) {
        List<String> ring = new ArrayList<>(tenants.tailSet(cursor, false));
        ring.addAll(tenants.headSet(cursor, true));
        return ring;
    }

    /** A tenant's turn must come for it to be served, unless it is on. */
    private Turn turn(String tenant, int place, long tokens) {
        double missing = tokens - deficits.getOrDefault(tenant, 0.0);
        double rounds = Math.max(0, Math.ceil(missing / grant(tenant)));
        return new Turn(tenant.equals(cursor) ? rounds : Math.max(1, rounds), place, tenant);
    }

    private double grant(String tenant) {
        return quantumTokens * weights.of(tenant);
    }

    @Override
    public void sent(int band, PendingRequest request) {
        String tenant = request.key().tenant();
        NavigableSet<String> present = new TreeSet<>(waiting.get(band).keySet());
        present.add(tenant);
        List<String> ring = ring(present);
        int place = ring.indexOf(tenant);
        Turn turn = turn(tenant, place, request.reservedTokens());
        if (turn.round() > 0) {
            for (int at = 0; at < ring.size(); at++) {
                double visits = at <= place ? turn.round() : turn.round() - 1;
                add(ring.get(at), visits * grant(ring.get(at)));
            }
            payOff(turn.round(), tenant);
        }
        add(tenant, -(double) request.reservedTokens());
        cursor = tenant;
        if (!isWaiting(tenant)) {
            loseSavings(tenant);
        }
    }

    private void payOff(double rounds, String served) {
        List<String> debtors = new ArrayList<>();
        for (String tenant : deficits.keySet()) {
            if (!tenant.equals(served) && !isWaiting(tenant)) {
                debtors.add(tenant);
            }
        }
        for (String debtor : debtors) {
            add(debtor, rounds * grant(debtor));
            loseSavings(debtor);
        }
    }

    private void add(String tenant, double tokens) {
        deficits.merge(tenant, tokens, Double::sum);
    }

    private boolean isWaiting(String tenant) {
        return presence.containsKey(tenant);
    }

    @Override
    public void ended(PendingRequest request, int outputTokens) {
        String tenant = request.key().tenant();
        add(tenant, request.expectedOutputTokens() - outputTokens);
        if (!isWaiting(tenant)) {
            loseSavings(tenant);
        }
    }

    @Override
    public OrderMemory memory() {
        Map<String, Double> values = new HashMap<>();
        values.put(CURSOR + cursor, 1.0);
        deficits.forEach(
                (tenant, deficit) -> {
                    if (deficit != 0) {
                        values.put(DEFICIT + tenant, deficit);
                    }
                });
        return new OrderMemory(values);
    }
}
