package io.sluice.audit;

import io.sluice.schemas.HostileRecords;
import io.sluice.schemas.Topic;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The audit on hostile records: it reads what it can, and ends with a report. */
class HostileTopicsTest {

    private long offset;

    @Test
    void theAuditReadsOnAndReports() {
        Audit audit = new Audit(AuditSettings.RUNNING);
        TopicReader reader = new TopicReader(Map.of(), "");
        for (Topic topic : Topic.values()) {
            if (AuditedTopics.RECORDS.containsKey(topic.suffix())) {
                HostileRecords.feed(
                        topic.valueClass().orElseThrow(),
                        value ->
                                audit.read(
                                        new LogEntry(
                                                topic.suffix(),
                                                0,
                                                offset++,
                                                offset,
                                                reader.value(topic.suffix(), value))));
            }
        }
        assertThat(audit.report().findings()).isNotEmpty();
    }
}
