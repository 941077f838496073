package io.sluice.core.policy;

import io.sluice.core.model.ReleaseReason;

/**
 * Why a lane does not take a request.
 *
 * @param reason what becomes of it
 * @param message for people: names the limit and the value that broke it
 */
public record Refusal(ReleaseReason reason, String message) {}
