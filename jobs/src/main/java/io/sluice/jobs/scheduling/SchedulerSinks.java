package io.sluice.jobs.scheduling;

import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.PolicyAnnouncement;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.state.EncodedOutcome;

import org.apache.flink.api.connector.sink2.Sink;

/**
 * Everything the scheduler job writes.
 *
 * @param commands commands to workers, at least once
 * @param releases what lanes let go of, at least once
 * @param outcomes how requests ended, exactly once
 * @param decisions why, at least once
 * @param policies which policies are in force, at least once
 * @param deadLetters what could not be read, at least once
 */
public record SchedulerSinks(
        Sink<CommandMessage> commands,
        Sink<ReleaseMessage> releases,
        Sink<EncodedOutcome> outcomes,
        Sink<DecisionMessage> decisions,
        Sink<PolicyAnnouncement> policies,
        Sink<DeadLetterRecord> deadLetters) {}
