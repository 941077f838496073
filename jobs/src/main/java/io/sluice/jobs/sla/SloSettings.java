package io.sluice.jobs.sla;

import io.sluice.core.slo.AlertRules;
import io.sluice.core.slo.SloObjective;
import io.sluice.core.slo.SlotScale;
import io.sluice.jobs.SchedulerOptions;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SettingsReader;
import io.sluice.jobs.SlaOptions;
import io.sluice.jobs.state.SloObjectiveState;
import io.sluice.wire.ObjectiveFile;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * What the job is to say about objectives.
 *
 * @param slotMillis length of the finest slot: every window is a multiple of it
 * @param minRequests requests that the short window must have for an alert to open
 * @param leaseMillis silence after which an instance is dead, as for the scheduler job
 * @param objectives objectives in force unless the control topic says otherwise
 */
public record SloSettings(
        long slotMillis, long minRequests, long leaseMillis, List<SloObjectiveState> objectives)
        implements Serializable {

    /** Copies the list. */
    public SloSettings {
        objectives = List.copyOf(objectives);
    }

    /**
     * Reads the options, and the file they name.
     *
     * @throws SettingsException if one of them makes no sense, with the place
     */
    static SloSettings from(SettingsReader reader) {
        return new SloSettings(
                reader.millis(SlaOptions.SLO_SLOT),
                reader.atLeast(1, SlaOptions.ALERT_MIN_REQUESTS),
                reader.millis(SchedulerOptions.LEASE),
                objectives(reader.get(SlaOptions.OBJECTIVES)));
    }

    private static List<SloObjectiveState> objectives(String file) {
        if (file.isBlank()) {
            return List.of();
        }
        try {
            List<SloObjective> objectives = ObjectiveFile.read(Path.of(file));
            if (objectives.size() > ObjectiveBook.MOST) {
                throw new IllegalArgumentException(
                        "%s: %d objectives are more than %d"
                                .formatted(file, objectives.size(), ObjectiveBook.MOST));
            }
            return objectives.stream().map(SloStateMapping::state).toList();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "%s: %s".formatted(SlaOptions.OBJECTIVES.key(), e.getMessage()), e);
        } catch (IOException e) {
            throw new SettingsException(
                    "%s = %s cannot be read: %s".formatted(SlaOptions.OBJECTIVES.key(), file, e),
                    e);
        }
    }

    /** How log time is cut into slots. */
    SlotScale scale() {
        return new SlotScale(slotMillis);
    }

    /** When an alert is due. */
    AlertRules rules() {
        return AlertRules.workbook(scale(), minRequests);
    }
}
