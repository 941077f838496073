package io.sluice.sim.engine;

import io.sluice.sim.engine.EngineEvent.Finished;
import io.sluice.sim.engine.EngineEvent.Preempted;

import org.junit.jupiter.api.Test;

import static io.sluice.sim.engine.TinyEngine.millis;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a run that memory is too short for: copied or computed again. */
class EvictionTest {

    /** Two requests that hold 2 of the 4 blocks each, until each asks for a third at 3 ms. */
    private static EngineRun tooMuchForTheMemory(KvTransfer transfer) {
        EngineProfile tiny = TinyEngine.withUsableBlocks(4);
        EngineRun run =
                new EngineRun(
                        new EngineProfile(
                                tiny.name(),
                                tiny.model(),
                                tiny.hardware(),
                                tiny.cost(),
                                tiny.limits().withMaxBatchedTokens(12),
                                tiny.rules(),
                                transfer));
        run.submit(EngineRequest.of("a", 6, 6), 0);
        run.submit(EngineRequest.of("b", 6, 6), 0);
        return run.drain();
    }

    @Test
    void aRunIsCopiedToTheHostAndBackWhereThatIsQuicker() {
        // 8 tokens take 0.08 ms there and as long back; to compute them again takes a step.
        EngineRun run = tooMuchForTheMemory(KvTransfer.ofSeconds(1e-5));

        assertThat(run.events).contains(new Preempted("b", millis(3), 3));
        assertThat(run.time(Finished.class, "a")).isEqualTo(millis(6.08));
        // Three tokens are left, with the first of which it waits for its memory to be back.
        assertThat(run.time(Finished.class, "b")).isEqualTo(millis(9.16));
        assertThat(run.totals().prefillTokens()).isEqualTo(6 + 6);
        assertThat(run.totals().cachedTokens()).isZero();
        assertThat(run.totals().preemptions()).isOne();
    }

    @Test
    void itIsComputedAgainWhereThatIsQuicker() {
        EngineRun run = tooMuchForTheMemory(KvTransfer.ofSeconds(1e-4));

        assertThat(run.time(Finished.class, "b")).isEqualTo(millis(9));
        assertThat(run.totals().prefillTokens()).isEqualTo(6 + 6 + 9);
        assertThat(run.totals().preemptions()).isOne();
    }
}
