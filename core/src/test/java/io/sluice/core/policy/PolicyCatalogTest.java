package io.sluice.core.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a deployer may write, and what is said when it is wrong. */
final class PolicyCatalogTest {

    @Test
    void namesAreSortedAndMakeThePolicyOfThatName() {
        assertThat(PolicyCatalog.orderingNames())
                .containsExactly("critical-path", "edf", "fcfs", "priority", "semantic", "sjf")
                .allSatisfy(
                        name ->
                                assertThat(PolicyCatalog.ordering(name).name())
                                        .as(name)
                                        .isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({
        "fcfs-ordering-policy, fcfs, 0",
        "' edf ', edf, Infinity",
        "semantic:max-overtake=30s, semantic, 30000",
        "' sjf : max-overtake = 250ms ', sjf, 250",
        "priority-ordering-policy:max-overtake=1.5s, priority, 1500"
    })
    void specificationsAreRead(String specification, String name, double bound) {
        OrderingPolicy policy = PolicyCatalog.ordering(specification);
        assertThat(policy.name()).isEqualTo(name);
        assertThat(policy.overtakingBoundMillis()).isEqualTo(bound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lifo", "FCFS", "fcfs-policy"})
    void unknownNamesAreAnsweredWithTheChoices(String name) {
        assertThatThrownBy(() -> PolicyCatalog.ordering(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("critical-path, edf, fcfs, priority, semantic, sjf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sjf:", "sjf:rate=3", "sjf:max-overtake", "sjf:max-overtake=1s,"})
    void unknownParametersAreAnsweredWithTheOnlyOne(String specification) {
        assertThatThrownBy(() -> PolicyCatalog.ordering(specification))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'sjf'")
                .hasMessageContaining("max-overtake=DURATION");
    }

    @Test
    void badValuesAreAnsweredWithTheForm() {
        assertThatThrownBy(() -> PolicyCatalog.ordering("sjf:max-overtake=fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fast' is not a duration")
                .hasMessageContaining("250ms");
    }

    @ParameterizedTest
    @CsvSource({"0ms, 0", "250ms, 250", "1.5s, 1500", "2m, 120000", "' 1 h ', 3600000"})
    void durationsAreRead(String text, double millis) {
        assertThat(Durations.parseMillis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1 day", "1.s", "1e3ms", "1sm"})
    void otherFormsAreNoDurations(String text) {
        assertThatThrownBy(() -> Durations.parseMillis(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a duration");
    }
}
