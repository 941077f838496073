package io.sluice.apps.page.access;

import io.sluice.apps.time.SetClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** How often an address may guess. */
class AttemptsTest {

    private static final String HERE = "192.0.2.1";

    private final SetClock clock = new SetClock();
    private final Attempts attempts = new Attempts(clock);

    private void wrong(String address) {
        assertThat(attempts.of(address, () -> false)).isEqualTo(new Attempts.Answer(false, 0));
    }

    private Attempts.Answer right() {
        return attempts.of(HERE, () -> true);
    }

    @Test
    void afterFiveWrongOnesNoneIsLookedAtUntilAMinuteAfterTheFirst() {
        for (int i = 0; i < Attempts.MOST; i++) {
            wrong(HERE);
            clock.pass(Duration.ofSeconds(1));
        }
        Attempts.Answer unseen =
                attempts.of(
                        HERE,
                        () -> {
                            throw new AssertionError("was looked at");
                        });
        assertThat(unseen.tooMany()).isTrue();
        assertThat(unseen.waitSeconds()).isEqualTo(55);

        clock.pass(Duration.ofMillis(54_999));
        assertThat(right()).isEqualTo(new Attempts.Answer(false, 1));
        clock.pass(Duration.ofMillis(1));
        assertThat(right().right()).isTrue();
    }

    @Test
    void otherAddressesAndRightTokensAreNotCounted() {
        for (int i = 1; i < Attempts.MOST; i++) {
            wrong(HERE);
            assertThat(right().right()).isTrue();
        }
        for (int i = 0; i < Attempts.MOST; i++) {
            wrong("192.0.2.2");
        }
        assertThat(right().right()).isTrue();
        wrong(HERE);
        assertThat(right().tooMany()).isTrue();
    }

    @Test
    void theMinuteBeginsAnewWithTheFirstWrongOneAfterIt() {
        for (int i = 1; i < Attempts.MOST; i++) {
            wrong(HERE);
        }
        clock.pass(Duration.ofMinutes(1));
        for (int i = 0; i < Attempts.MOST; i++) {
            wrong(HERE);
        }
        assertThat(right().waitSeconds()).isEqualTo(60);
    }

    @Test
    void soManyAddressesAreRememberedAndNoMore() {
        for (int i = 0; i < Attempts.MOST; i++) {
            wrong(HERE);
        }
        for (int i = 1; i < Attempts.MOST_ADDRESSES; i++) {
            wrong("host-" + i);
        }
        assertThat(right().tooMany()).isTrue();
        wrong("one more");
        assertThat(right().right()).isTrue();
    }
}
