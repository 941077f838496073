package io.sluice.sim.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class ServiceRatesTest {

    /**
     * The prediction against the engine itself, serving the request that the rates were derived for
     * in their company.
     */
    @ParameterizedTest
    @ValueSource(strings = {"A100_4B", "A100_7B", "A5000_4B", "RTXPRO6000_8B"})
    void predictWhatTheEngineDoes(String name) {
        EngineProfile profile = EngineProfiles.named(name);
        TypicalLoad load = TypicalLoad.of(profile);
        EngineRun run = new EngineRun(profile);
        int company = load.promptTokens();
        for (int i = 0; i < load.decodes(); i++) {
            run.submit(EngineRequest.of("other" + i, company, load.outputTokens()), 0);
        }
        long warm = 0;
        while (run.totals().outputTokens() < (long) load.decodes() * load.outputTokens() / 2) {
            warm =
                    run.engine.nextEventAt() == ContinuousBatchingEngine.NEVER
                            ? warm
                            : warm + 1_000_000;
            run.advanceTo(warm);
        }
        run.submit(EngineRequest.of("ours", load.promptTokens(), load.outputTokens() / 2), warm);
        run.drain();

        double millis =
                (run.time(EngineEvent.Finished.class, "ours")
                                - run.time(EngineEvent.Started.class, "ours"))
                        / 1e6;
        double predicted =
                ServiceRates.of(profile)
                        .serviceMillis(load.promptTokens(), load.outputTokens() / 2);
        assertThat(predicted).isCloseTo(millis, withinPercentage(10));
    }

    @Test
    void aWholePromptIsJudgedAlone() {
        EngineProfile profile = EngineProfiles.named(EngineProfiles.A100_4B);
        ServiceRates rates = ServiceRates.of(profile, new TypicalLoad(7, 500, 100));
        assertThat(rates.prefillMillisPerToken() * 500).isCloseTo(52.9, withinPercentage(0.2));
        assertThat(rates.decodeMillisPerToken()).isCloseTo(11.96, withinPercentage(0.2));
    }

    @Test
    void aChunkedPromptPaysForItsCompany() {
        StepCost cost = LinearStepCost.ofStep(10e-3).withPrefillToken(10e-6).withDecode(100e-6);
        EngineProfile profile =
                TinyEngine.profile()
                        .withCost(cost)
                        .withLimits(new EngineLimits(4, 102, 4, 10_000, 10_000));
        ServiceRates rates = ServiceRates.of(profile, new TypicalLoad(2, 150, 10));
        // Chunks of 100 and 50 beside two decodes: 11.2 + 10.7 ms. A decode with ours in it: 10.3
        // ms.
        assertThat(rates.prefillMillisPerToken() * 150).isCloseTo(21.9, withinPercentage(1e-6));
        assertThat(rates.decodeMillisPerToken()).isCloseTo(10.3, withinPercentage(1e-6));
    }
}
