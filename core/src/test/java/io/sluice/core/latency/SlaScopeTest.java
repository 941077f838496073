package io.sluice.core.latency;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlaScopeTest {

    @Test
    void everyScopeNamesItsGroup() {
        assertThat(SlaScope.ALL.valueOf(SlaSamples.GROUP)).contains("all");
        assertThat(SlaScope.INSTANCE.valueOf(SlaSamples.GROUP)).contains("gpu-1");
        assertThat(SlaScope.MODEL.valueOf(SlaSamples.GROUP)).contains("llama-8b");
        assertThat(SlaScope.TENANT.valueOf(SlaSamples.GROUP)).contains("acme");
        assertThat(SlaScope.PRIORITY.valueOf(SlaSamples.GROUP)).contains("P2");
    }

    @Test
    void requestsThatNeverHadAnInstanceOrModelAreInNoGroupOfThatScope() {
        SlaSample.Group rejected = new SlaSample.Group(null, null, "acme", -1);

        assertThat(SlaScope.INSTANCE.valueOf(rejected)).isEmpty();
        assertThat(SlaScope.MODEL.valueOf(rejected)).isEmpty();
        assertThat(SlaScope.PRIORITY.valueOf(rejected)).contains("shed");
    }
}
