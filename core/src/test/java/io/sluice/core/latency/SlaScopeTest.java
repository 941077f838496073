package io.sluice.core.latency;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlaScopeTest {

    private static final SlaLabels LABELS = new SlaLabels("gpu-1", "llama-8b", "acme", 2);

    @Test
    void everyScopeNamesItsGroup() {
        assertThat(SlaScope.ALL.valueOf(LABELS)).contains("all");
        assertThat(SlaScope.INSTANCE.valueOf(LABELS)).contains("gpu-1");
        assertThat(SlaScope.MODEL.valueOf(LABELS)).contains("llama-8b");
        assertThat(SlaScope.TENANT.valueOf(LABELS)).contains("acme");
        assertThat(SlaScope.PRIORITY.valueOf(LABELS)).contains("P2");
    }

    @Test
    void requestsThatNeverHadAnInstanceOrModelAreInNoGroupOfThatScope() {
        SlaLabels rejected = new SlaLabels(null, null, "acme", -1);

        assertThat(SlaScope.INSTANCE.valueOf(rejected)).isEmpty();
        assertThat(SlaScope.MODEL.valueOf(rejected)).isEmpty();
        assertThat(SlaScope.PRIORITY.valueOf(rejected)).contains("shed");
    }
}
