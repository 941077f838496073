package io.sluice.apps.delivery;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTest {

    @Test
    void waitsTwiceAsLongEachTimeUpToALimit() {
        Backoff backoff = new Backoff(Duration.ofSeconds(5));

        assertThat(backoff.failed(null)).isEqualTo(1_000);
        assertThat(backoff.failed(null)).isEqualTo(2_000);
        assertThat(backoff.failed(null)).isEqualTo(4_000);
        assertThat(backoff.failed(null)).isEqualTo(5_000);
        assertThat(backoff.failed(null)).isEqualTo(5_000);
        backoff.succeeded();
        assertThat(backoff.failed(null)).isEqualTo(1_000);
    }

    @Test
    void leavesTheReceiverAloneForAtLeastAsLongAsItAsks() {
        Backoff backoff = new Backoff(Duration.ofSeconds(5));

        assertThat(backoff.failed(Duration.ofSeconds(90))).isEqualTo(90_000);
        assertThat(backoff.failed(Duration.ofMillis(1))).isEqualTo(2_000);
        assertThat(new Backoff(Duration.ofMillis(300)).failed(null)).isEqualTo(300);
    }
}
