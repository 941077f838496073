package io.sluice.jobs.flow;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.PendingRequest;

import org.jspecify.annotations.Nullable;

/**
 * A request as decoding left it.
 *
 * @param request the request; where a field made no sense, with a harmless value in its place
 * @param verdict what was wrong with it, or null
 */
public record Submission(PendingRequest request, @Nullable Verdict verdict) {}
