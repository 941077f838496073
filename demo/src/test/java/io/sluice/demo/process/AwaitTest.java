package io.sluice.demo.process;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AwaitTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void asksUntilTheConditionHolds() {
        AtomicInteger asked = new AtomicInteger();

        Await.until("the third try", LONG, () -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void takesAnExceptionForNotYetAndReportsTheLastOne() {
        assertThatThrownBy(
                        () ->
                                Await.until(
                                        "the moon",
                                        Duration.ofMillis(1),
                                        () -> {
                                            throw new IllegalStateException("no rocket");
                                        }))
                .isInstanceOf(AwaitException.class)
                .hasMessageContaining("1 ms waiting for the moon")
                .hasMessageContaining("no rocket");
    }

    @Test
    void endsAtOnceWhenTheConditionSaysThatItIsHopeless() {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                Await.until(
                                        "a dead process",
                                        LONG,
                                        () -> {
                                            asked.incrementAndGet();
                                            throw new AwaitException("it died");
                                        }))
                .hasMessage("it died");
        assertThat(asked).hasValue(1);
    }
}
