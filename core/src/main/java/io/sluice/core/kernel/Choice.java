package io.sluice.core.kernel;

import io.sluice.core.prediction.RunForecast;
import io.sluice.core.routing.Candidate;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Why a request goes to an instance.
 *
 * @param policy name of the policy that chose the instance, or null if there was no choice
 * @param reason why this one, for people
 * @param candidates those that stood best by that policy, best first; empty if there was no choice
 *     or nobody wants to know
 * @param considered how many could have taken it
 * @param forecast when it is predicted to run there, by what this router has given to the instance
 */
public record Choice(
        @Nullable String policy,
        String reason,
        List<Candidate> candidates,
        int considered,
        RunForecast forecast) {

    /** Copies the list. */
    public Choice {
        candidates = List.copyOf(candidates);
    }
}
