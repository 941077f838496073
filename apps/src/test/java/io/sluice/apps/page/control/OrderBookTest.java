package io.sluice.apps.page.control;

import io.sluice.apps.order.Issue;
import io.sluice.apps.order.Order;
import io.sluice.apps.order.OrderPlace;
import io.sluice.apps.order.PolicyNames;
import io.sluice.apps.page.control.GivenOrder.State;
import io.sluice.apps.page.live.Records;
import io.sluice.apps.page.live.SloRecords;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the topics tell of the effect of an order. */
class OrderBookTest {

    private static final Issue ISSUE = new Issue(Instant.EPOCH, "operator", null);
    private static final OrderPlace PLACE = new OrderPlace("inference.control", 2, 7);

    private final OrderBook book =
            new OrderBook(Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC));

    private void give(Order order) {
        assertThat(book.given(order, "an order", "127.0.0.1", PLACE).place())
                .isEqualTo("inference.control-2-7");
    }

    private State state() {
        return book.orders().get(0).state();
    }

    private void beat(String instance, long seq, boolean draining) {
        book.heard(Records.heartbeat(instance, seq, 1, 0, 1_000).setDraining(draining).build());
    }

    @Test
    void anInstanceDrainsWhenItsWorkerSaysSo() {
        give(Order.drain("gpu-1", ISSUE));
        beat("gpu-1", 1, false);
        beat("gpu-2", 1, true);
        book.heard(Records.event(WorkerEventType.COMPLETED, "gpu-1", 2, 1_000).build());
        assertThat(state()).isEqualTo(State.WRITTEN);
        beat("gpu-1", 3, true);
        assertThat(state()).isEqualTo(State.IN_EFFECT);
        assertThat(book.orders().get(0).stateMillis()).isEqualTo(5_000);
        beat("gpu-1", 4, false);
        assertThat(state()).as("it did take effect").isEqualTo(State.IN_EFFECT);
    }

    @Test
    void anInstanceTakesWorkAgainWhenItsWorkerSaysSo() {
        give(Order.undrain("gpu-1", ISSUE));
        beat("gpu-1", 1, true);
        assertThat(state()).isEqualTo(State.WRITTEN);
        book.heard(
                Records.event(WorkerEventType.DRAINING, "gpu-1", 2, 1_000)
                        .setDraining(false)
                        .build());
        assertThat(state()).isEqualTo(State.IN_EFFECT);
    }

    @Test
    void policiesAreInForceWhenTheJobNamesTheirPlace() {
        give(Order.policies(PolicyNames.of(Map.of("ordering", "sjf")), ISSUE));
        book.heard(SloRecords.inForce("ordering", "fcfs", 0, null, 1_000).build());
        book.heard(
                SloRecords.inForce("ordering", "fcfs", 1, "inference.control-2-6", 2_000).build());
        assertThat(state()).isEqualTo(State.WRITTEN);
        book.heard(
                SloRecords.inForce("ordering", "sjf", 2, "inference.control-2-7", 3_000).build());
        assertThat(state()).isEqualTo(State.IN_EFFECT);
    }

    @Test
    void aRequestIsCancelledWhenItHasEnded() {
        String tenant = Records.outcome("r", Outcome.Completed).getFairnessId();
        give(Order.cancel(tenant, "r", ISSUE));
        book.heard(Records.outcome("other", Outcome.EvictedContextCancelled));
        assertThat(state()).isEqualTo(State.WRITTEN);
        book.heard(Records.outcome("r", Outcome.EvictedContextCancelled));
        assertThat(state()).isEqualTo(State.IN_EFFECT);
        assertThat(book.orders().get(0).detail()).contains("EvictedContextCancelled");
    }

    @Test
    void aDeadLetterRefusesTheOrderAlsoIfItIsReadFirst() {
        give(Order.drain("gpu-1", ISSUE));
        book.heard(letter(7));
        assertThat(state()).isEqualTo(State.REFUSED);
        assertThat(book.orders().get(0).detail()).isEqualTo("it makes no sense");

        book.heard(letter(8));
        book.given(
                Order.drain("gpu-2", ISSUE),
                "an order",
                "127.0.0.1",
                new OrderPlace("inference.control", 2, 8));
        assertThat(state()).isEqualTo(State.REFUSED);
    }

    private static DeadLetter letter(long offset) {
        return DeadLetter.newBuilder()
                .setTopic("inference.control")
                .setPartition(2)
                .setOffset(offset)
                .setTimestamp(Instant.EPOCH)
                .setStage("policies")
                .setErrorClass("IllegalArgumentException")
                .setMessage("it makes no sense")
                .setAt(Instant.EPOCH)
                .build();
    }

    @Test
    void theNewestAreKept() {
        for (int i = 0; i < 3 * OrderBook.MOST_ORDERS; i++) {
            give(Order.drain("gpu-" + i, ISSUE));
        }
        assertThat(book.orders()).hasSize(OrderBook.MOST_ORDERS);
        assertThat(book.orders().get(0).id()).isEqualTo(3L * OrderBook.MOST_ORDERS);
    }
}
