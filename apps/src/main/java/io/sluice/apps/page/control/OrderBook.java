package io.sluice.apps.page.control;

import io.sluice.apps.order.Order;
import io.sluice.apps.order.OrderPlace;
import io.sluice.apps.page.control.GivenOrder.State;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.avro.specific.SpecificRecord;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest orders of this server, and what the topics tell of their effect. An instance drains
 * when its worker says so, policies are in force when the job names the place of their order, a
 * request is cancelled when it has ended, and an order is refused when it is a dead letter.
 */
public final class OrderBook {

    /** Orders that are shown, and watched for their effect. */
    static final int MOST_ORDERS = 50;

    /** A dead letter may be read before the broker's answer that says which order it was. */
    private static final int MOST_LETTERS = 100;

    private static final class Entry {
        private final ControlEvent event;
        private GivenOrder order;

        Entry(ControlEvent event, GivenOrder order) {
            this.event = event;
            this.order = order;
        }
    }

    private final Clock clock;
    private final Deque<Entry> newestFirst = new ArrayDeque<>();
    private final Map<String, String> letters =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MOST_LETTERS;
                }
            };
    private long orders;

    /** No order yet. */
    public OrderBook(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes in an order that was written.
     *
     * @param what what was ordered, in words
     * @param by the address it came from
     */
    synchronized GivenOrder given(Order order, String what, String by, OrderPlace place) {
        GivenOrder given =
                new GivenOrder(
                        ++orders,
                        what,
                        by,
                        order.event().getReason(),
                        clock.millis(),
                        place.toString(),
                        State.WRITTEN,
                        0,
                        "");
        Entry entry = new Entry(order.event(), given);
        newestFirst.addFirst(entry);
        if (newestFirst.size() > MOST_ORDERS) {
            newestFirst.removeLast();
        }
        String refusal = letters.get(given.place());
        if (refusal != null) {
            become(entry, State.REFUSED, refusal);
        }
        return entry.order;
    }

    /** The orders, newest first. */
    synchronized List<GivenOrder> orders() {
        List<GivenOrder> all = new ArrayList<>();
        newestFirst.forEach(entry -> all.add(entry.order));
        return all;
    }

    /** Takes in a record of a topic. */
    public synchronized void heard(SpecificRecord record) {
        if (record instanceof DeadLetter letter) {
            String place =
                    new OrderPlace(letter.getTopic(), letter.getPartition(), letter.getOffset())
                            .toString();
            letters.put(place, letter.getMessage());
        }
        for (Entry entry : newestFirst) {
            if (entry.order.state() == State.WRITTEN) {
                refusal(entry, record).ifPresent(why -> become(entry, State.REFUSED, why));
                effect(entry, record).ifPresent(what -> become(entry, State.IN_EFFECT, what));
            }
        }
    }

    private void become(Entry entry, State state, String detail) {
        entry.order = entry.order.then(state, clock.millis(), detail);
    }

    private static Optional<String> refusal(Entry entry, SpecificRecord record) {
        return record instanceof DeadLetter letter
                        && entry.order
                                .place()
                                .equals(
                                        new OrderPlace(
                                                        letter.getTopic(),
                                                        letter.getPartition(),
                                                        letter.getOffset())
                                                .toString())
                ? Optional.of(letter.getMessage())
                : Optional.empty();
    }

    private static Optional<String> effect(Entry entry, SpecificRecord record) {
        ControlEvent order = entry.event;
        if (record instanceof WorkerEvent event) {
            return ofInstance(order, event);
        }
        if (record instanceof ConfigEvent config) {
            return entry.order.place().equals(config.getPosition())
                    ? Optional.of("the job goes by them")
                    : Optional.empty();
        }
        if (record instanceof Decision decision) {
            return isEnd(decision)
                            && isAbout(order, decision.getFairnessId(), decision.getRequestId())
                    ? Optional.of("decided: ends as " + decision.getOutcome())
                    : Optional.empty();
        }
        return record instanceof RequestOutcome outcome
                        && isAbout(order, outcome.getFairnessId(), outcome.getRequestId())
                ? Optional.of("its outcome is " + outcome.getOutcome())
                : Optional.empty();
    }

    private static Optional<String> ofInstance(ControlEvent order, WorkerEvent event) {
        boolean says =
                event.getType() == WorkerEventType.HEARTBEAT
                        || event.getType() == WorkerEventType.DRAINING;
        if (!says || !event.getInstanceId().equals(order.getInstanceId())) {
            return Optional.empty();
        }
        return switch (order.getType()) {
            case DRAIN ->
                    event.getDraining()
                            ? Optional.of("its worker says that it drains")
                            : Optional.empty();
            case UNDRAIN ->
                    event.getDraining()
                            ? Optional.empty()
                            : Optional.of("its worker says that it takes work");
            default -> Optional.empty();
        };
    }

    private static boolean isEnd(Decision decision) {
        return switch (decision.getKind()) {
            case REJECT, EXPIRE, END -> true;
            default -> false;
        };
    }

    private static boolean isAbout(ControlEvent order, String tenant, String requestId) {
        String whose = tenant.isBlank() ? Order.DEFAULT_TENANT : tenant;
        return requestId.equals(order.getRequestId()) && whose.equals(order.getFairnessId());
    }
}
