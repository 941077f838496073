package io.sluice.jobs.io;

import io.sluice.schemas.TopicPrefix;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SchedulerKafkaTest {

    /** Brokers grant rights by the prefix of transactional ids, so it must be what it says. */
    @Test
    void transactionsAreNamedAfterTheInstallation() {
        assertThat(SchedulerKafka.transactionPrefix(new TopicPrefix("staging.")))
                .isEqualTo("staging.sluice-outcomes");
    }
}
