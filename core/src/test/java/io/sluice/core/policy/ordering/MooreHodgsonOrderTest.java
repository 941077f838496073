package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.policy.SortKey;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** The queue as it is kept, against one that is sorted anew for each look. */
final class MooreHodgsonOrderTest {

    private static final int HORIZON = 4;
    private static final PendingRequest ANY = request("any").build();

    private enum Kind {
        ADD,
        REMOVE,
        TIME,
        MACHINES
    }

    /**
     * What happens.
     *
     * @param number which request leaves, what time it is, or how many run at once
     */
    private record Step(Kind kind, int service, int deadline, int number) {

        QueuedRequest request(int name) {
            double due = deadline > 90 ? Double.POSITIVE_INFINITY : deadline;
            SortKey place = new SortKey(due, service, name, ANY.key());
            return new QueuedRequest(place, 0, 1, 1, 1, service, PriorityBand.P0);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.ADD, Kind.ADD, Kind.REMOVE, Kind.TIME, Kind.MACHINES),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(0, 80))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    /** Time goes back as well: clocks are set. */
    @Property(tries = 1_000, seed = "5")
    void theQueueIsThatOfThePlanMadeFromNothing(@ForAll("steps") List<Step> steps) {
        MooreHodgsonOrder order = new MooreHodgsonOrder(HORIZON, OrderMemory.EMPTY);
        List<QueuedRequest> waiting = new ArrayList<>();
        int now = 0;
        int machines = 1;
        int made = 0;
        for (Step step : steps) {
            switch (step.kind()) {
                case ADD -> {
                    QueuedRequest queued = step.request(made++);
                    waiting.add(queued);
                    order.add(queued, ANY);
                }
                case REMOVE -> {
                    if (!waiting.isEmpty()) {
                        order.remove(waiting.remove(step.number() % waiting.size()));
                    }
                }
                case TIME -> now = step.number();
                case MACHINES -> machines = 1 + step.number() % 3;
            }
            order.timeIs(now);
            order.runsAtOnce(machines);
            assertThat(order.walk()).toIterable().isEqualTo(planned(waiting, now, machines));
        }
    }

    private static List<QueuedRequest> planned(List<QueuedRequest> waiting, int now, int machines) {
        List<QueuedRequest> open = new ArrayList<>();
        List<QueuedRequest> lost = new ArrayList<>();
        for (QueuedRequest queued : waiting) {
            boolean late = now + queued.serviceMillis() > queued.place().first();
            (late ? lost : open).add(queued);
        }
        Comparator<QueuedRequest> byDue =
                Comparator.<QueuedRequest>comparingDouble(queued -> left(queued, now, machines))
                        .thenComparing(QueuedRequest::place);
        open.sort(byDue);
        lost.sort(byDue);
        List<QueuedRequest> near = open.subList(0, Math.min(HORIZON, open.size()));
        BitSet late =
                FewestLate.of(
                        0,
                        near.stream().mapToDouble(QueuedRequest::serviceMillis).toArray(),
                        near.stream().mapToDouble(queued -> left(queued, now, machines)).toArray());
        List<QueuedRequest> givenUp = late.stream().mapToObj(near::get).toList();
        open.removeAll(givenUp);
        open.addAll(givenUp);
        open.addAll(lost);
        return open;
    }

    private static double left(QueuedRequest queued, int now, int machines) {
        return machines * (queued.place().first() - now) - (machines - 1) * queued.serviceMillis();
    }
}
