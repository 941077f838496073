package io.sluice.jobs.state;

import io.sluice.core.model.Dependency;

/**
 * That a request comes before another, as it lies in state.
 *
 * @param requestId the one that comes first
 * @param grade 0 if the other is held for it
 * @param onFailure what becomes of the other if it does not complete; persisted by name
 */
public record EdgeState(String requestId, int grade, OnFailure onFailure) {

    /** What becomes of a request when one that it waits for does not complete. */
    public enum OnFailure {
        /** It does not run either. */
        FAIL,
        /** It waits for what that one still waited for. */
        REPLAN,
        /** It runs. */
        RELEASE
    }

    /** The state form. */
    public static EdgeState of(Dependency edge) {
        return new EdgeState(
                edge.requestId(), edge.grade(), OnFailure.valueOf(edge.onFailure().name()));
    }

    /** The kernel's form. */
    public Dependency toCore() {
        return new Dependency(
                requestId, grade, io.sluice.core.model.OnFailure.valueOf(onFailure.name()));
    }
}
