package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderMemory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A counter of weighted tokens for each tenant; the least goes first. The floor follows the least
 * counter among those that wait, and who comes back starts there at least: nobody saves up service
 * by staying away. Who is away and not above it need not be remembered.
 *
 * <p>A turn and a charge cost O(log n) for n tenants.
 */
final class CounterTurns implements Turns {

    private static final String FLOOR = "vtc.floor";
    private static final String COUNTER = "vtc.counter/";

    /** Behind the classes: the tenants that wait in none. */
    private static final int AWAY = PriorityBand.values().length;

    private record Account(double counter, String tenant) {}

    private static final Comparator<Account> ORDER =
            Comparator.comparingDouble(Account::counter).thenComparing(Account::tenant);

    private final double inputWeight;
    private final double outputWeight;
    private final TenantWeights weights;
    private final Map<String, Double> counters = new HashMap<>();

    /** The classes in which a tenant waits, one bit for each. */
    private final Map<String, Integer> presence = new HashMap<>();

    private final List<TreeSet<Account>> accounts = new ArrayList<>();
    private double floor;

    CounterTurns(
            double inputWeight, double outputWeight, TenantWeights weights, OrderMemory memory) {
        this.inputWeight = inputWeight;
        this.outputWeight = outputWeight;
        this.weights = weights;
        for (int band = 0; band <= AWAY; band++) {
            accounts.add(new TreeSet<>(ORDER));
        }
        this.floor = memory.values().getOrDefault(FLOOR, 0.0);
        memory.values()
                .forEach(
                        (name, counter) -> {
                            if (name.startsWith(COUNTER)) {
                                set(name.substring(COUNTER.length()), counter);
                            }
                        });
    }

    @Override
    public void returned(String tenant) {
        set(tenant, Math.max(counter(tenant), floor));
    }

    private double counter(String tenant) {
        return counters.getOrDefault(tenant, floor);
    }

    private void set(String tenant, double counter) {
        Double before = counters.put(tenant, counter);
        int bits = presence.getOrDefault(tenant, 0);
        for (int band = 0; band <= AWAY; band++) {
            boolean present = band == AWAY ? bits == 0 : (bits & 1 << band) != 0;
            if (before != null && present) {
                accounts.get(band).remove(new Account(before, tenant));
            }
            if (present) {
                accounts.get(band).add(new Account(counter, tenant));
            }
        }
    }

    @Override
    public void enter(int band, String tenant) {
        Account account = account(tenant);
        accounts.get(AWAY).remove(account);
        accounts.get(band).add(account);
        presence.merge(tenant, 1 << band, (a, b) -> a | b);
    }

    @Override
    public void leave(int band, String tenant) {
        Account account = account(tenant);
        accounts.get(band).remove(account);
        int left = presence.getOrDefault(tenant, 0) & ~(1 << band);
        if (left == 0) {
            presence.remove(tenant);
            accounts.get(AWAY).add(account);
        } else {
            presence.put(tenant, left);
        }
    }

    private Account account(String tenant) {
        double counter = counter(tenant);
        counters.putIfAbsent(tenant, counter);
        return new Account(counter, tenant);
    }

    @Override
    public Iterator<String> walk(int band) {
        Iterator<Account> walk = accounts.get(band).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return walk.hasNext();
            }

            @Override
            public String next() {
                return walk.next().tenant();
            }
        };
    }

    @Override
    public void sent(int band, PendingRequest request) {
        String tenant = request.key().tenant();
        double before = counter(tenant);
        double least = leastWaiting();
        floor = Math.max(floor, Math.min(before, least));
        int outputLeft = request.expectedOutputTokens() - request.progress().generatedTokens();
        charge(tenant, inputWeight * request.inputTokens() + outputWeight * outputLeft);
        if (Double.isInfinite(least)) {
            floor = Math.max(floor, counter(tenant));
        }
        forgetUpToFloor();
    }

    private double leastWaiting() {
        double least = Double.POSITIVE_INFINITY;
        for (int band = 0; band < AWAY; band++) {
            if (!accounts.get(band).isEmpty()) {
                least = Math.min(least, accounts.get(band).first().counter());
            }
        }
        return least;
    }

    /** What was charged in advance was a prediction; over all runs it comes to the true length. */
    @Override
    public void ended(PendingRequest request, int outputTokens) {
        charge(
                request.key().tenant(),
                outputWeight * (outputTokens - request.expectedOutputTokens()));
    }

    private void charge(String tenant, double tokens) {
        set(tenant, counter(tenant) + tokens / weights.of(tenant));
    }

    private void forgetUpToFloor() {
        TreeSet<Account> away = accounts.get(AWAY);
        while (!away.isEmpty() && away.first().counter() <= floor) {
            counters.remove(away.pollFirst().tenant());
        }
    }

    @Override
    public OrderMemory memory() {
        Map<String, Double> values = new HashMap<>();
        values.put(FLOOR, floor);
        counters.forEach((tenant, counter) -> values.put(COUNTER + tenant, counter));
        return new OrderMemory(values);
    }
}
