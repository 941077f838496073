package io.sluice.jobs.sla;

import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.WorkerFact;

import org.apache.flink.api.connector.source.Source;

/**
 * What the SLA job reads.
 *
 * @param outcomes outcomes of requests; of a topic with append times, committed records only
 * @param logTime moments of log time, from the log of the workers: it goes on when nothing ends;
 *     and what they say that may be a cause
 * @param objectives changes of objectives, in the control topic
 */
public record SlaSources(
        Source<Decoded<SlaOutcome>, ?, ?> outcomes,
        Source<WorkerFact, ?, ?> logTime,
        Source<Decoded<ObjectiveChange>, ?, ?> objectives) {}
