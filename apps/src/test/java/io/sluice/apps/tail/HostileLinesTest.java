package io.sluice.apps.tail;

import io.sluice.schemas.HostileRecords;
import io.sluice.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The tail on hostile records of every topic: each is a line of JSON. */
class HostileLinesTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @EnumSource
    void everyRecordIsALineOfJson(Topic topic) {
        RecordLine lines = new RecordLine(topic);
        Class<? extends SpecificRecord> type =
                topic.valueClass().orElseGet(() -> Topic.REQUESTS.valueClass().orElseThrow());
        HostileRecords.feed(
                type,
                value -> {
                    String line = lines.of(new ConsumerRecord<>("t", 0, 1, value, value));
                    assertThat(line).doesNotContain("\n");
                    JSON.readTree(line);
                });
    }
}
