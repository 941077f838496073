package io.sluice.apps.spans;

import io.sluice.core.model.RequestKey;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionMemoryTest {

    private final DecisionMemory memory = new DecisionMemory(2);

    private static Decision of(String id) {
        return Decision.newBuilder(Ends.decision(DecisionKind.ROUTE, 1, 0))
                .setRequestId(id)
                .build();
    }

    private static RequestKey key(String id) {
        return new RequestKey("acme", id);
    }

    @Test
    void keepsTheDecisionsOfARequestUntilItIsTold() {
        memory.take(of("a"), 0, 5);
        memory.take(of("a"), 0, 9);

        assertThat(memory.of(key("a"))).hasSize(2);
        assertThat(memory.neededFrom(Map.of(0, 10L, 1, 3L))).isEqualTo(Map.of(0, 5L, 1, 3L));
        memory.drop(key("a"));
        assertThat(memory.of(key("a"))).isEmpty();
        assertThat(memory.neededFrom(Map.of(0, 10L, 1, 3L))).isEqualTo(Map.of(0, 10L, 1, 3L));
    }

    @Test
    void forgetsTheOldestRequestBeyondTheLimitAndCountsIt() {
        memory.take(of("a"), 0, 1);
        memory.take(of("b"), 0, 2);
        memory.take(of("c"), 0, 3);

        assertThat(memory.of(key("a"))).isEmpty();
        assertThat(memory.of(key("b"))).hasSize(1);
        assertThat(memory.forgotten()).isEqualTo(1);
    }

    @Test
    void keepsNoMoreOfOneRequestThanIsTold() {
        for (int i = 0; i < DecisionMemory.OF_ONE + 10; i++) {
            memory.take(of("a"), 0, i);
        }
        assertThat(memory.of(key("a"))).hasSize(DecisionMemory.OF_ONE);
    }
}
