package io.sluice.apps.topics;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What is too little for production. */
class DurabilityTest {

    @Test
    void whatProductionNeedsIsEnough() {
        assertThat(Durability.PRODUCTION.weakerThan(Durability.PRODUCTION)).isEmpty();
        assertThat(new Durability(5, 3, false).weakerThan(Durability.PRODUCTION)).isEmpty();
        assertThat(Durability.PRODUCTION.configs())
                .isEqualTo(
                        Map.of(
                                "min.insync.replicas",
                                "2",
                                "unclean.leader.election.enable",
                                "false"));
    }

    @Test
    void everythingThatIsLessIsNamed() {
        assertThat(new Durability(1, 1, true).weakerThan(Durability.PRODUCTION))
                .containsExactly(
                        "has 1 copy of each record, should have at least 3",
                        "has min.insync.replicas 1, should have at least 2",
                        "has unclean.leader.election.enable true, should have false");
    }

    @Test
    void asManyInSyncAsThereAreCopiesStopsWithTheFirstBroker() {
        assertThat(new Durability(3, 3, false).weakerThan(Durability.PRODUCTION))
                .containsExactly(
                        "has min.insync.replicas 3 of 3 copies, so that nothing can be written while a broker is away");
    }
}
