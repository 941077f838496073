package io.sluice.sim.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EngineProfilesTest {

    @ParameterizedTest
    @CsvSource({"A100_4B, 1179", "A100_7B, 153", "A5000_4B, 183"})
    void theStudyProfilesHaveTheMemoryOfTheStudy(String name, int blocks) {
        EngineProfile profile = EngineProfiles.named(name);
        assertThat(profile.limits().usableBlocks()).isEqualTo(blocks);
        assertThat(profile.limits().blockTokens()).isEqualTo(32);
        assertThat(profile.limits().maxSequences()).isEqualTo(16);
        assertThat(profile.rules())
                .isEqualTo(new BatchingRules(PrefillMode.WHOLE, false, 0, false, false));
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithTheArithmetic() {
        assertThatThrownBy(() -> EngineProfiles.named(EngineProfiles.A5000_7B))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "engine profile A5000_7B cannot run: its weights take 28.00 GiB, but of the GPU's 24.00 GiB only 18.24"
                                + " GiB are left for weights and KV cache (80 % usable, less 5 % of that for activations);"
                                + " choose one of A100_4B, A100_7B, A5000_4B, RTXPRO6000_8B");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheChoices() {
        assertThatThrownBy(() -> EngineProfiles.named("H900_1T"))
                .hasMessage(
                        "no engine profile \"H900_1T\"; choose one of A100_4B, A100_7B, A5000_4B, RTXPRO6000_8B");
    }

    @Test
    void everyOfferedNameIsThereUnderItsName() {
        assertThat(EngineProfiles.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(EngineProfiles.named(name).name()).isEqualTo(name));
    }

    @Test
    void theMeasuredProfileHasTheSettingsOfTheRun() {
        EngineLimits limits = EngineProfiles.named(EngineProfiles.RTXPRO6000_8B).limits();
        assertThat(limits.maxSequences()).isEqualTo(128);
        assertThat(limits.maxBatchedTokens()).isEqualTo(2_048);
        assertThat(limits.blockTokens()).isEqualTo(16);
    }

    @Test
    void combinationsWithoutMeaningAreRefused() {
        EngineProfile study = EngineProfiles.named(EngineProfiles.A100_4B);
        assertThatThrownBy(() -> study.withRules(new BatchingRules(PrefillMode.CHUNKED, false, 0)))
                .hasMessageContaining("says nothing of mixed steps");
        assertThatThrownBy(() -> study.withLimits(study.limits().withMaxBatchedTokens(512)))
                .hasMessageContaining("maxBatchedTokens (512) must reach maxContextTokens (32768)");
        assertThatThrownBy(() -> study.withRules(study.rules().withLookAheadSteps(2)))
                .hasMessage("batching rules: lookAheadSteps must be 0 or 1, is 2");
        assertThatThrownBy(() -> study.limits().withMaxSequences(0))
                .hasMessage("engine limits: maxSequences must be at least 1, is 0");
        assertThatThrownBy(() -> TinyEngine.profile().limits().withMaxBatchedTokens(3))
                .hasMessageContaining(
                        "maxBatchedTokens (maxSequences is 4) must be at least 4, is 3");
    }
}
