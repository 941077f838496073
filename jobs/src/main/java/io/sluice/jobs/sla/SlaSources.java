package io.sluice.jobs.sla;

import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.state.SlaOutcome;

import org.apache.flink.api.connector.source.Source;

/**
 * What the SLA job reads.
 *
 * @param outcomes outcomes of requests; of a topic with append times, committed records only
 */
public record SlaSources(Source<Decoded<SlaOutcome>, ?, ?> outcomes) {}
