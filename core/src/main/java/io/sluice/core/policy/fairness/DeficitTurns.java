package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.policy.fairness.TenantRing.Stretch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Deficits of tenants that take turns in the order of their names. The rounds that pass until
 * somebody can pay are not gone through one by one, but counted. Who runs up a debt and goes away
 * pays it off round by round, and is then forgotten.
 *
 * <p>A turn, a charge and a change of what a tenant waits for cost O(log n) for n tenants, for each
 * set of classes in which tenants wait; going past the first turn costs O(n log n) once.
 */
final class DeficitTurns implements Turns {

    private static final String DEFICIT = "drr.deficit/";
    private static final String CURSOR = "drr.cursor/";

    /** When a tenant can pay: in which round, and whether in it the cursor starts anew before. */
    private record Turn(double round, boolean wraps, String tenant) {}

    private static final Comparator<Turn> ORDER =
            Comparator.comparingDouble(Turn::round)
                    .thenComparing(Turn::wraps)
                    .thenComparing(Turn::tenant);

    /** A debt that is paid off after so many rounds. */
    private record Debt(double paidOffAt, String tenant) {}

    private final long quantumTokens;
    private final TenantWeights weights;
    private final Map<String, DeficitAccount> accounts = new HashMap<>();

    /** Those that wait, by the classes in which they do. */
    private final Map<Integer, TenantRing> rings = new TreeMap<>();

    /** Those that do not. */
    private final TreeSet<Debt> debts =
            new TreeSet<>(Comparator.comparingDouble(Debt::paidOffAt).thenComparing(Debt::tenant));

    /** How many have passed in all, in whatever class. */
    private double rounds;

    /** Whose turn it is; empty before the first. */
    private String cursor = "";

    DeficitTurns(long quantumTokens, TenantWeights weights, OrderMemory memory) {
        this.quantumTokens = quantumTokens;
        this.weights = weights;
        memory.values().forEach(this::restore);
    }

    private void restore(String name, double value) {
        if (name.startsWith(DEFICIT)) {
            DeficitAccount account = takeOut(name.substring(DEFICIT.length()));
            account.add(value);
            putBack(account);
        } else if (name.startsWith(CURSOR)) {
            cursor = name.substring(CURSOR.length());
        }
    }

    /** An account as of now, to be changed and put back. */
    private DeficitAccount takeOut(String tenant) {
        DeficitAccount account = accounts.remove(tenant);
        if (account == null) {
            return new DeficitAccount(tenant, quantumTokens * weights.of(tenant));
        }
        TenantRing ring = rings.get(account.classes());
        if (ring == null) {
            debts.remove(debt(account));
            account.grant(rounds - account.roundsBefore());
            return account;
        }
        ring.remove(account);
        if (ring.isEmpty()) {
            rings.remove(account.classes());
        }
        return account;
    }

    private void putBack(DeficitAccount account) {
        accounts.put(account.tenant(), account);
        if (account.classes() == 0) {
            account.roundsBefore(rounds);
            debts.add(debt(account));
        } else {
            rings.computeIfAbsent(account.classes(), classes -> new TenantRing()).add(account);
        }
    }

    /** Who waits for nothing keeps no savings, and without a debt need not be remembered. */
    private void putBackUnlessSettled(DeficitAccount account) {
        if (account.classes() != 0 || account.deficit() < 0) {
            putBack(account);
        }
    }

    private static Debt debt(DeficitAccount account) {
        return new Debt(account.paidOffAt(), account.tenant());
    }

    @Override
    public void returned(String tenant) {
        if (accounts.containsKey(tenant)) {
            DeficitAccount account = takeOut(tenant);
            account.loseSavings();
            putBackUnlessSettled(account);
        }
    }

    /** Nothing to do: what it waits for is told next. */
    @Override
    public void enter(int band, String tenant) {}

    @Override
    public void first(int band, QueuedRequest first) {
        DeficitAccount account = takeOut(first.key().tenant());
        account.waitsFor(band, first.tokens());
        putBack(account);
    }

    @Override
    public void leave(int band, String tenant) {
        DeficitAccount account = takeOut(tenant);
        account.waitsForNothing(band);
        putBack(account);
    }

    @Override
    public Iterator<String> walk(int band) {
        return new Walk(band);
    }

    /** Whose turn comes first, or null if nobody waits in the class. */
    private @Nullable String next(int band) {
        if (isOn(band)) {
            return cursor;
        }
        double fewest = Double.POSITIVE_INFINITY;
        for (TenantRing ring : rings.values()) {
            fewest = Math.min(fewest, ring.least(band));
        }
        if (Double.isInfinite(fewest)) {
            return null;
        }
        // Whoever can pay already has to wait for its turn all the same.
        double round = Math.max(1, fewest);
        String ahead = first(band, round, new Stretch(cursor, null));
        return ahead == null ? first(band, round, new Stretch(null, cursor)) : ahead;
    }

    /** Whether the one whose turn it is can pay without another. */
    private boolean isOn(int band) {
        DeficitAccount account = accounts.get(cursor);
        TenantRing ring = account == null ? null : rings.get(account.classes());
        return ring != null && ring.visitsNeeded(cursor, band) <= 0;
    }

    private @Nullable String first(int band, double mostVisits, Stretch stretch) {
        String first = null;
        for (TenantRing ring : rings.values()) {
            String found = ring.first(band, mostVisits, stretch);
            if (found != null && (first == null || found.compareTo(first) < 0)) {
                first = found;
            }
        }
        return first;
    }

    private List<String> inOrder(int band) {
        List<Turn> turns = new ArrayList<>();
        for (TenantRing ring : rings.values()) {
            if (ring.least(band) < Double.POSITIVE_INFINITY) {
                ring.forEach(
                        (account, visits) ->
                                turns.add(
                                        turn(
                                                account.tenant(),
                                                account.visitsForFirst(band) - visits)));
            }
        }
        turns.sort(ORDER);
        return turns.stream().map(Turn::tenant).toList();
    }

    /** A tenant's turn must come for it to be served, unless it is on. */
    private Turn turn(String tenant, double visitsNeeded) {
        double round = Math.max(tenant.equals(cursor) ? 0 : 1, visitsNeeded);
        return new Turn(round, tenant.compareTo(cursor) <= 0, tenant);
    }

    @Override
    public void sent(int band, PendingRequest request) {
        DeficitAccount account = takeOut(request.key().tenant());
        long tokens = request.reservedTokens();
        Turn turn = turn(account.tenant(), account.visitsFor(tokens));
        if (turn.round() > 0) {
            visit(band, turn);
            account.grant(turn.round());
            rounds += turn.round();
            forgiveDebts();
        }
        account.add(-(double) tokens);
        cursor = account.tenant();
        putBackUnlessSettled(account);
    }

    /** Those up to the one that is served are visited once more than those behind it. */
    private void visit(int band, Turn served) {
        for (Map.Entry<Integer, TenantRing> ring : rings.entrySet()) {
            if ((ring.getKey() & 1 << band) == 0) {
                continue;
            }
            TenantRing tenants = ring.getValue();
            tenants.visit(served.round() - 1);
            if (served.wraps()) {
                tenants.visit(new Stretch(cursor, null), 1);
                tenants.visit(new Stretch(null, served.tenant()), 1);
            } else {
                tenants.visit(new Stretch(cursor, served.tenant()), 1);
            }
        }
    }

    private void forgiveDebts() {
        while (!debts.isEmpty() && debts.first().paidOffAt() <= rounds) {
            accounts.remove(debts.pollFirst().tenant());
        }
    }

    @Override
    public void ended(PendingRequest request, int outputTokens) {
        DeficitAccount account = takeOut(request.key().tenant());
        account.add(request.expectedOutputTokens() - outputTokens);
        putBackUnlessSettled(account);
    }

    @Override
    public OrderMemory memory() {
        Map<String, Double> values = new HashMap<>();
        values.put(CURSOR + cursor, 1.0);
        for (TenantRing ring : rings.values()) {
            ring.forEach((account, visits) -> remember(account, visits, values));
        }
        for (Debt debt : debts) {
            DeficitAccount account = accounts.get(debt.tenant());
            if (account != null) {
                remember(account, rounds - account.roundsBefore(), values);
            }
        }
        return new OrderMemory(values);
    }

    private static void remember(
            DeficitAccount account, double visits, Map<String, Double> values) {
        double deficit = account.deficitAfter(visits);
        if (deficit != 0) {
            values.put(DEFICIT + account.tenant(), deficit);
        }
    }

    /** Mostly nobody asks for more than the first turn. */
    private final class Walk implements Iterator<String> {

        private final int band;
        private final @Nullable String first;
        private boolean begun;
        private @Nullable Iterator<String> others;

        Walk(int band) {
            this.band = band;
            this.first = DeficitTurns.this.next(band);
        }

        @Override
        public boolean hasNext() {
            return begun ? others().hasNext() : first != null;
        }

        @Override
        public String next() {
            if (begun) {
                return others().next();
            }
            if (first == null) {
                throw new NoSuchElementException("nobody waits in class " + band);
            }
            begun = true;
            return first;
        }

        private Iterator<String> others() {
            if (others == null) {
                others = inOrder(band).listIterator(1);
            }
            return others;
        }
    }
}
