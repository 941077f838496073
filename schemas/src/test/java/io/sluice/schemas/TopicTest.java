package io.sluice.schemas;

import io.sluice.schemas.TopicFlow.Delivery;
import io.sluice.schemas.avro.WorkerEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicTest {
    @Test
    void namesAreThePrefixAndTheSuffix() {
        assertThat(Topic.WORKER_EVENTS.name(TopicPrefix.DEFAULT))
                .isEqualTo("inference.worker-events");
        assertThat(Topic.WORKER_EVENTS.name(new TopicPrefix("staging-")))
                .isEqualTo("staging-worker-events");
        assertThat(Topic.WORKER_EVENTS.name(new TopicPrefix(""))).isEqualTo("worker-events");
    }

    @ParameterizedTest
    @EnumSource
    void aTopicIsFoundByItsName(Topic topic) {
        TopicPrefix prefix = new TopicPrefix("a.");
        assertThat(Topic.named(topic.name(prefix), prefix)).contains(topic);
        assertThat(Topic.named(topic.name(prefix), TopicPrefix.DEFAULT)).isEmpty();
    }

    @Test
    void everyRecordHasOneTopicAndOnlyPayloadsAreBytes() {
        assertThat(SchemaSources.recordClasses()).doesNotHaveDuplicates();
        assertThat(Stream.of(Topic.values()).filter(t -> t.valueClass().isEmpty()))
                .containsExactly(Topic.PAYLOADS);
        assertThat(Topic.WORKER_EVENTS.valueClass()).contains(WorkerEvent.class);
    }

    @Test
    void latenciesAndLeasesAreMeasuredInBrokerTime() {
        Set<Topic> brokerTime = Set.of(Topic.REQUESTS, Topic.WORKER_EVENTS, Topic.OUTCOMES);
        for (Topic topic : Topic.values()) {
            assertThat(topic.storage().configs())
                    .containsEntry(
                            "message.timestamp.type",
                            brokerTime.contains(topic) ? "LogAppendTime" : "CreateTime");
        }
    }

    @Test
    void onlyOutcomesAreWrittenInTransactions() {
        assertThat(
                        Stream.of(Topic.values())
                                .filter(t -> t.flow().delivery() == Delivery.EXACTLY_ONCE))
                .containsExactly(Topic.OUTCOMES);
    }

    @Test
    void settingsAreThoseOfKafka() {
        assertThat(Topic.REQUESTS.storage().configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000")
                .containsEntry("max.message.bytes", "1048588");
        assertThat(Topic.CONFIG.storage().configs())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("retention.ms", "-1");
        assertThat(Topic.SLA.storage().configs()).containsEntry("cleanup.policy", "compact,delete");
    }

    @Test
    void aDeadLetterHoldsTheLargestRecordOfAnyTopicThatIsDecoded() {
        int limit = Topic.DEAD_LETTERS.storage().maxMessageBytes();
        assertThat(List.of(Topic.values()))
                .filteredOn(t -> t != Topic.DEAD_LETTERS && t.valueClass().isPresent())
                .allSatisfy(
                        t -> assertThat(t.storage().maxMessageBytes()).isLessThan(limit / 3 * 2));
    }

    @Test
    void aPrefixThatCannotNameATopicIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicPrefix("in ference."))
                .withMessageContaining("'in ference.'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicPrefix("x".repeat(201)))
                .withMessageContaining("201");
    }
}
