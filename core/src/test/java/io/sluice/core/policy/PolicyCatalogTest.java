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
                .containsExactly(
                        "classification",
                        "critical-path",
                        "edf",
                        "fcfs",
                        "k-lpm",
                        "least-slack",
                        "lpm",
                        "ltr",
                        "mlfq",
                        "moore-hodgson",
                        "priority",
                        "semantic",
                        "sjf")
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
        "srtf, sjf, Infinity",
        "pjf:max-overtake=none, priority, Infinity",
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
                .hasMessageContaining(String.join(", ", PolicyCatalog.orderingNames()));
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
                .hasMessageContaining(
                        "ordering policy 'sjf': max-overtake: 'fast' is not a duration")
                .hasMessageContaining("250ms");
    }
}
