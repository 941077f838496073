package io.sluice.apps.order;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Who gives an order, when, and why.
 *
 * @param at when, by the clock of who gives it
 * @param by who, for the audit
 * @param reason why, for people; null if they do not say
 */
public record Issue(Instant at, String by, @Nullable String reason) {}
