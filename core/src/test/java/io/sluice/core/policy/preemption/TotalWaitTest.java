package io.sluice.core.policy.preemption;

import io.sluice.core.model.Progress;
import io.sluice.core.prediction.ServiceModel;
import io.sluice.core.testing.RequestBuilder;

import org.junit.jupiter.api.Test;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** An interruption pays if the predicted gain exceeds the cost, to the millisecond. */
final class TotalWaitTest {

    /** A millisecond for a prompt token, ten for an output token. */
    private static final ServiceModel SERVICE = new ServiceModel(1, 10);

    private static final TotalWait STOP_50 = new TotalWait(50);

    /** It has made 20 of its tokens, and the instance holds its context of 120. */
    private static RequestBuilder running(int tokensLeft) {
        return request("running")
                .tokens(100, 20 + tokensLeft)
                .predicted(20 + tokensLeft)
                .progress(new Progress(20, 120));
    }

    /** Its run will take a multiple of ten milliseconds, and ten for its prompt. */
    private static RequestBuilder waiting(int tokens) {
        return request("waiting").tokens(10, tokens).predicted(tokens);
    }

    private static boolean pays(TotalWait policy, RequestBuilder waiting, RequestBuilder running) {
        return policy.weigh(waiting.build(), running.build(), SERVICE).pays();
    }

    /** 2 S + L are 220 ms: the running one has that much more left, or a token more. */
    @Test
    void withinAClassTheGainMustExceedTheCost() {
        assertThat(pays(STOP_50, waiting(9), running(32))).isFalse();
        assertThat(pays(STOP_50, waiting(9), running(33))).isTrue();
        assertThat(pays(new TotalWait(0), waiting(9), running(23))).isTrue();
        assertThat(pays(new TotalWait(0), waiting(9), running(22))).isFalse();
    }

    /** S + L are 170 ms. */
    @Test
    void aMoreImportantClassInterruptsWhatLastsLongerThanTheInterruptionCosts() {
        assertThat(pays(STOP_50, waiting(900).priority(4), running(18))).isTrue();
        assertThat(pays(STOP_50, waiting(900).priority(4), running(17))).isFalse();
    }

    @Test
    void aMoreImportantClassInterruptsWhatHasOutlivedItsPrediction() {
        assertThat(pays(STOP_50, waiting(900).priority(4), running(0))).isTrue();
        assertThat(pays(STOP_50, waiting(900).priority(4), running(-5))).isTrue();
    }

    @Test
    void aLessImportantClassInterruptsNothing() {
        assertThat(pays(new TotalWait(0), waiting(1), running(900).priority(4))).isFalse();
    }
}
