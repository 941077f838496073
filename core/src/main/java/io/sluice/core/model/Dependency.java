package io.sluice.core.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An edge of a partial order: a request names another of its workflow that comes first.
 *
 * @param requestId the one that comes first
 * @param grade 0: it must have ended before the other may run. Above 0: it does not hold the other
 *     back; it is at least so many priorities more urgent
 * @param onFailure what becomes of the other if it does not complete; not read unless the grade is
 *     0
 */
public record Dependency(String requestId, int grade, OnFailure onFailure) {

    /** Rejects negative grades. */
    public Dependency {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(onFailure, "onFailure");
        if (grade < 0) {
            throw new IllegalArgumentException(
                    "the grade of an edge to '%s' must not be negative: %d"
                            .formatted(requestId, grade));
        }
    }

    /** An edge that holds back. */
    public static Dependency on(String requestId, OnFailure onFailure) {
        return new Dependency(requestId, 0, onFailure);
    }

    /** Whether it holds back. */
    public boolean holds() {
        return grade == 0;
    }

    /**
     * The same edges, each request named once, in the order of their first naming: an edge that
     * holds outdoes one that does not, a stricter rule a laxer one, a higher grade a lower one.
     */
    public static List<Dependency> merged(Collection<Dependency> edges) {
        Map<String, Dependency> byId = new LinkedHashMap<>();
        for (Dependency edge : edges) {
            byId.merge(edge.requestId(), edge, Dependency::stricter);
        }
        return List.copyOf(byId.values());
    }

    private static Dependency stricter(Dependency a, Dependency b) {
        if (a.holds() != b.holds()) {
            return a.holds() ? a : b;
        }
        if (a.holds()) {
            return a.onFailure.compareTo(b.onFailure) <= 0 ? a : b;
        }
        return a.grade >= b.grade ? a : b;
    }
}
