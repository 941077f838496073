package io.sluice.jobs.sla;

import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.state.SloStatusUpdate;

import org.apache.flink.api.connector.sink2.Sink;

/**
 * What the SLA job writes. At least once is enough for all: windows, statuses and alerts are
 * complete values under their key, and a dead letter is identified by where it came from.
 *
 * @param windows values of windows
 * @param statuses how objectives stand
 * @param alerts what there is to tell about alerts
 * @param deadLetters records that could not be read or came too late
 */
public record SlaSinks(
        Sink<SlaWindowUpdate> windows,
        Sink<SloStatusUpdate> statuses,
        Sink<AlertUpdate> alerts,
        Sink<DeadLetterRecord> deadLetters) {}
