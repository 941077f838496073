package io.sluice.jobs.flow;

import java.util.Map;

/**
 * An instance that could have taken a request.
 *
 * @param instanceId the instance
 * @param score its score; higher is better
 * @param parts what the score is the sum of, by name
 */
public record ScoredInstance(String instanceId, double score, Map<String, Double> parts) {}
