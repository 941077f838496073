package io.sluice.core.policy.fairness;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** How evenly something is shared out. */
final class JainIndexTest {

    @Test
    void equalSharesGiveOneAndASingleOwnerOneOverAll() {
        assertThat(JainIndex.of(List.of(3.0, 3.0, 3.0))).isEqualTo(1);
        assertThat(JainIndex.of(List.of(0.0, 7.0, 0.0, 0.0))).isEqualTo(0.25);
        assertThat(JainIndex.of(List.of(1.0, 2.0, 3.0))).isCloseTo(36 / 42.0, within(1e-12));
    }

    @Test
    void nothingIsSharedOutEvenly() {
        assertThat(JainIndex.of(List.of())).isEqualTo(1);
        assertThat(JainIndex.of(List.of(0.0, 0.0))).isEqualTo(1);
    }

    @Test
    void aNegativeShareIsRefused() {
        assertThatThrownBy(() -> JainIndex.of(List.of(-1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0");
    }
}
