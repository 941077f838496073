package io.sluice.bench;

import io.sluice.core.catalog.CatalogEntry;
import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.OrderingPolicy.Interruptions;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.PolicyChoice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Policies of a lane, and who uses it.
 *
 * @param ordering as the catalogue reads it
 * @param fairness as the catalogue reads it
 * @param preemption as the catalogue reads it
 * @param tenants from how many tenants requests come
 * @param running how many requests run at once
 */
public record Scenario(
        String ordering, String fairness, String preemption, int tenants, int running) {

    private static final String NONE = "none";
    private static final String NEVER = "never";
    private static final int TENANTS = 100;
    private static final int RUNNING = 64;
    private static final int MANY_RUNNING = 256;
    private static final List<Integer> TENANTS_OF_FAIRNESS = List.of(1, 100, 10_000);

    /**
     * Every order of the catalogue by itself; and under the order that is in force where nothing is
     * chosen, every way to be fair among few and many tenants, and every way to interrupt runs.
     */
    public static List<Scenario> all() {
        String byDefault = PolicyChoice.DEFAULT.ordering();
        List<Scenario> all = new ArrayList<>();
        for (String ordering : PolicyCatalog.orderingNames()) {
            boolean interrupted =
                    PolicyCatalog.ordering(ordering).interruptions() == Interruptions.NEEDED;
            String preemption = interrupted ? interrupting().get(0) : NEVER;
            all.add(new Scenario(ordering, NONE, preemption, TENANTS, RUNNING));
        }
        for (CatalogEntry<?> fairness : PolicyCatalog.fairness().entries()) {
            if (PolicyCatalog.fairness().make(fairness.name()).sharesOut()) {
                TENANTS_OF_FAIRNESS.forEach(
                        tenants ->
                                all.add(
                                        new Scenario(
                                                byDefault,
                                                fairness.name(),
                                                NEVER,
                                                tenants,
                                                RUNNING)));
            }
        }
        for (String preemption : interrupting()) {
            all.add(new Scenario(byDefault, NONE, preemption, TENANTS, MANY_RUNNING));
        }
        return all;
    }

    private static List<String> interrupting() {
        return PolicyCatalog.preemptions().names().stream()
                .filter(name -> PolicyCatalog.preemptions().make(name).interruptsRuns())
                .toList();
    }

    /** Reads what {@link #label} wrote. */
    static Scenario parse(String label) {
        String[] parts = label.split(" ", -1);
        return new Scenario(
                parts[0],
                parts[1],
                parts[2],
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }

    /** All of it on one line, as the parameter of a benchmark. */
    String label() {
        return "%s %s %s %d %d".formatted(ordering, fairness, preemption, tenants, running);
    }

    /** The policies; nothing is sent ahead, so that what runs is a number that is known. */
    LanePolicies policies() {
        return new LanePolicies(
                PolicyCatalog.ordering(ordering),
                PolicyCatalog.fairness().make(fairness),
                PolicyCatalog.admissions().make("limits:max-requests=1000000000"),
                PolicyCatalog.preemptions().make(preemption),
                new BatchFormation.Continuous(false));
    }

    /** Whether one of its policies has that name. */
    boolean names(String policy) {
        return Stream.of(ordering, fairness, preemption)
                .anyMatch(specification -> nameOf(specification).equals(policy));
    }

    /** The order without its parameters. */
    OrderingPolicy order() {
        return PolicyCatalog.ordering(ordering);
    }

    /** What goes with the order, for people. */
    String company() {
        List<String> words = new ArrayList<>();
        if (!fairness.equals(NONE)) {
            words.add("%s, %,d tenant%s".formatted(fairness, tenants, tenants == 1 ? "" : "s"));
        }
        if (!preemption.equals(NEVER)) {
            words.add("%s, %d run".formatted(preemption, running));
        }
        return String.join(", ", words);
    }

    static String nameOf(String specification) {
        return specification.split(":", 2)[0];
    }
}
