package io.sluice.core.latency;

import org.jspecify.annotations.Nullable;

/**
 * The properties of a request that scopes group by.
 *
 * @param instance instance that ran it; null if it ended before one was chosen
 * @param model model asked for; null if the request named none
 * @param tenant who submitted it
 * @param priority higher is more important
 */
public record SlaLabels(
        @Nullable String instance, @Nullable String model, String tenant, int priority) {}
