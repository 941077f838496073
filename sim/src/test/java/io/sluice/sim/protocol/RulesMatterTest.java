package io.sluice.sim.protocol;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule is needed: without it some seed breaks its promise. It also shows that the checker sees
 * a broken promise.
 */
final class RulesMatterTest {

    private static final long SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource(Rule.class)
    void withoutTheRuleAPromiseIsBroken(Rule rule) {
        OptionalLong broken =
                LongStream.range(0, SEEDS)
                        .filter(
                                seed ->
                                        ProtocolRun.ofSeed(seed, Set.of(rule))
                                                .breaks(rule.promise()))
                        .findFirst();
        assertThat(broken)
                .as("a seed below %d that breaks %s without %s", SEEDS, rule.promise(), rule)
                .isPresent();
        System.out.printf(
                "rule %d, %s: %s breaks at seed %d%n",
                rule.number(), rule, rule.promise(), broken.getAsLong());
    }
}
