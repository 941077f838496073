package io.sluice.jobs.sla;

import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.state.SlaWindowUpdate;

import org.apache.flink.api.connector.sink2.Sink;

/**
 * What the SLA job writes. At least once is enough for both: a window update is a complete value
 * under its key, and a dead letter is identified by where it came from.
 *
 * @param windows values of windows
 * @param deadLetters records that could not be read or came too late
 */
public record SlaSinks(Sink<SlaWindowUpdate> windows, Sink<DeadLetterRecord> deadLetters) {}
