package io.sluice.apps.simulate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Reads lists as they are given on the command line. */
final class PolicyList {

    private PolicyList() {}

    /**
     * Policies separated by commas, which also separate the parameters of one: {@code
     * fcfs,k-lpm:k=2,tie=random,lpm} names three. What has a {@code =} and no {@code :} before it
     * belongs to the policy before.
     *
     * @throws IllegalArgumentException if there is none, or one twice
     */
    static List<String> parse(String text) {
        List<String> policies = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String stripped = part.strip();
            boolean parameter = stripped.contains("=") && !stripped.contains(":");
            if (parameter && !policies.isEmpty()) {
                int last = policies.size() - 1;
                policies.set(last, policies.get(last) + "," + stripped);
            } else if (stripped.isEmpty()) {
                throw new IllegalArgumentException(
                        "--policy '%s' has an empty place; write policies as fcfs,sjf"
                                .formatted(text));
            } else {
                policies.add(stripped);
            }
        }
        if (new LinkedHashSet<>(policies).size() < policies.size()) {
            throw new IllegalArgumentException(
                    "--policy '%s' names a policy twice".formatted(text));
        }
        return policies;
    }
}
