package io.sluice.core.policy.ordering;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.policy.SortKey;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The draw depends on who waits, and on nothing else. */
final class HashOrderedTest {

    private static QueuedRequest queued(int number) {
        RequestKey key = new RequestKey("tenant", "r" + number);
        return new QueuedRequest(
                new SortKey(0, 0, 0, key), Long.MAX_VALUE, 1, 1, 1, 1, PriorityBand.P4);
    }

    private static List<QueuedRequest> all(HashOrdered order) {
        List<QueuedRequest> all = new ArrayList<>();
        for (int index = 0; index < order.size(); index++) {
            all.add(order.get(index));
        }
        return all;
    }

    @Property(tries = 300, seed = "5")
    void theOrderIsThatOfThoseWhoWait(
            @ForAll @Size(max = 300) List<Integer> toggled, @ForAll long shuffleSeed) {
        HashOrdered order = new HashOrdered();
        Set<QueuedRequest> waiting = new HashSet<>();
        for (int number : toggled) {
            QueuedRequest queued = queued(Math.floorMod(number, 100));
            if (waiting.add(queued)) {
                order.add(queued);
            } else {
                waiting.remove(queued);
                order.remove(queued);
            }
        }
        List<QueuedRequest> shuffled = new ArrayList<>(waiting);
        Collections.shuffle(shuffled, new Random(shuffleSeed));
        HashOrdered other = new HashOrdered();
        shuffled.forEach(other::add);

        assertThat(all(order)).containsExactlyInAnyOrderElementsOf(waiting);
        assertThat(all(order)).containsExactlyElementsOf(all(other));
    }
}
