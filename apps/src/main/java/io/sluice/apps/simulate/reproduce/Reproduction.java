package io.sluice.apps.simulate.reproduce;

import io.sluice.apps.simulate.StudyCall;
import io.sluice.apps.simulate.Summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Simulates what reference numbers are of. */
final class Reproduction {

    private static final String RATIO = " / ";

    private final int threads;

    /**
     * A reproduction.
     *
     * @param threads runs at the same time
     */
    Reproduction(int threads) {
        this.threads = threads;
    }

    /** The call of {@code simulate} that gives the figures of a call's rows. */
    static StudyCall studyCall(ReferenceTable.Call call) {
        Set<String> policies = new LinkedHashSet<>();
        call.rows().forEach(row -> policies.addAll(List.of(row.policy().split(RATIO, -1))));
        return StudyCall.of(call.options()).with("--policy", String.join(",", policies));
    }

    /** Runs one call and compares. */
    List<ComparedRow> compare(ReferenceTable.Call call) {
        Map<String, Summary> byPolicy = new HashMap<>();
        studyCall(call).run(threads).forEach(one -> byPolicy.put(one.policy(), one));
        List<ComparedRow> compared = new ArrayList<>();
        for (ReferenceTable.Row row : call.rows()) {
            compared.add(new ComparedRow(row, ours(row, byPolicy)));
        }
        return compared;
    }

    private static double ours(ReferenceTable.Row row, Map<String, Summary> byPolicy) {
        String[] policies = row.policy().split(RATIO, -1);
        double first = figure(row, policies[0], byPolicy);
        return policies.length == 1 ? first : first / figure(row, policies[1], byPolicy);
    }

    private static double figure(
            ReferenceTable.Row row, String policy, Map<String, Summary> byPolicy) {
        return Objects.requireNonNull(byPolicy.get(policy), policy).figure(row.figure());
    }
}
