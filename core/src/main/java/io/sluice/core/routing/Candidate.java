package io.sluice.core.routing;

import java.util.Map;

/**
 * An instance that could have taken a request, as it stood when one was chosen.
 *
 * @param instanceId the instance
 * @param score its score by the routing policy; higher is better
 * @param parts what the score is the sum of, by name; empty if it is of one piece
 */
public record Candidate(String instanceId, double score, Map<String, Double> parts) {

    /** Copies the parts. */
    public Candidate {
        parts = Map.copyOf(parts);
    }
}
