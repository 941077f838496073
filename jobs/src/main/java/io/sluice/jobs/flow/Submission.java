package io.sluice.jobs.flow;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.PendingRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A request as decoding left it.
 *
 * @param request the request; where a field made no sense, with a harmless value in its place
 * @param verdict what was wrong with it, or null
 * @param waitFor requests of its workflow that come before it
 */
public record Submission(
        PendingRequest request, @Nullable Verdict verdict, List<Dependency> waitFor) {

    /** A request that waits for no other. */
    public Submission(PendingRequest request, @Nullable Verdict verdict) {
        this(request, verdict, List.of());
    }
}
