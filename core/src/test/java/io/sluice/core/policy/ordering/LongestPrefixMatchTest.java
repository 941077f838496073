package io.sluice.core.policy.ordering;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Who goes next by what is cached, and when it is the oldest instead. */
final class LongestPrefixMatchTest {

    private static final int BLOCK = 100;

    /** A request {@code user-number}: submitted at number, two blocks of its user's and one own. */
    private static PendingRequest prompt(char user, int number) {
        return request(user + "" + number)
                .submittedAt(number)
                .hashes(
                        new BlockHashes(
                                BLOCK, new long[] {user, user * 1_000L, 1_000_000 + number}))
                .build();
    }

    private static QueuedRequest queued(String policy, PendingRequest request) {
        return new QueuedRequest(
                PolicyCatalog.ordering(policy).keyOf(request, ServiceModel.UNKNOWN_HARDWARE),
                request.expiresAtMillis(),
                request.reservedTokens(),
                request.longestTokens(),
                request.presentTokens(),
                0,
                PriorityBand.P4);
    }

    /** A queue that sends one after the other; may be restored on the way. */
    private static final class Sender {

        private final String policy;
        private final Map<QueuedRequest, PendingRequest> waiting = new HashMap<>();
        private QueueOrder order;

        Sender(String policy, PendingRequest... requests) {
            this.policy = policy;
            this.order = PolicyCatalog.ordering(policy).newOrder(OrderMemory.EMPTY);
            for (PendingRequest request : requests) {
                add(request);
            }
        }

        void add(PendingRequest request) {
            QueuedRequest queued = queued(policy, request);
            waiting.put(queued, request);
            order.add(queued, request);
        }

        String send() {
            QueuedRequest next = order.walk().next();
            PendingRequest request = waiting.remove(next);
            order.remove(next);
            order.sent(request);
            return request.key().requestId();
        }

        List<String> sendAll() {
            List<String> sent = new ArrayList<>();
            while (!waiting.isEmpty()) {
                sent.add(send());
            }
            return sent;
        }

        void restore() {
            OrderMemory memory = order.memory();
            order = PolicyCatalog.ordering(policy).newOrder(memory);
            waiting.forEach(order::add);
        }
    }

    private static PendingRequest[] threeUsers() {
        return new PendingRequest[] {
            prompt('a', 1),
            prompt('b', 2),
            prompt('c', 3),
            prompt('a', 4),
            prompt('c', 5),
            prompt('b', 6),
            prompt('a', 7)
        };
    }

    @ParameterizedTest
    @CsvSource({
        "k-lpm:k=1, a1 b2 c3 a4 c5 b6 a7",
        "lpm, a1 a4 a7 b2 b6 c3 c5",
        "'k-lpm:k=2', a1 a4 b2 b6 c3 c5 a7",
        "'k-lpm:k=3', a1 a4 a7 b2 b6 c3 c5",
        "'k-lpm:k=2,cache=one-query', a1 a4 b2 b6 c3 c5 a7",
        "'k-lpm:k=infinity', a1 a4 a7 b2 b6 c3 c5"
    })
    void theOldestGoesEveryKthTimeAndTheLongestMatchElse(String policy, String sent) {
        assertThat(new Sender(policy, threeUsers()).sendAll()).containsExactly(sent.split(" "));
    }

    /** With a cache of all users the oldest of those who match goes; with one, of the last user. */
    @ParameterizedTest
    @CsvSource({
        "'k-lpm:k=3,cache=instance', a1 b2",
        "'k-lpm:k=3,cache=one-query', b2 a1",
        "'k-lpm:k=3,cache=600', a1 b2",
        "'k-lpm:k=3,cache=300', b2 a1"
    })
    void theCacheDecidesWhoMatches(String policy, String sent) {
        Sender sender = new Sender(policy, prompt('a', 0));
        assertThat(sender.send()).isEqualTo("a0");
        sender.add(prompt('b', 0));
        assertThat(sender.send()).isEqualTo("b0");
        sender.add(prompt('a', 1));
        sender.add(prompt('b', 2));
        // The second send was the second of three, so this is one for a match as well.
        assertThat(List.of(sender.send(), sender.send())).containsExactly(sent.split(" "));
    }

    @Test
    void aRestoreInTheMiddleGivesTheSameOrder() {
        for (String policy :
                List.of("lpm:tie=random", "k-lpm:k=3", "k-lpm:k=3,cache=one-query,tie=random")) {
            List<String> unbroken = new Sender(policy, threeUsers()).sendAll();
            for (int before = 0; before < unbroken.size(); before++) {
                Sender sender = new Sender(policy, threeUsers());
                List<String> sent = new ArrayList<>();
                for (int step = 0; step < before; step++) {
                    sent.add(sender.send());
                }
                sender.restore();
                sent.addAll(sender.sendAll());
                assertThat(sent).as("%s after %d", policy, before).isEqualTo(unbroken);
            }
        }
    }

    @Test
    void ageEndsTheWaitOfWhoMatchesNothing() {
        Sender sender = new Sender("lpm:max-overtake=3ms", threeUsers());
        assertThat(sender.sendAll()).containsExactly("a1", "a4", "b2", "b6", "c3", "c5", "a7");
    }

    @Test
    void aReplacedInstanceHasNothingCached() {
        Sender sender = new Sender("lpm", threeUsers());
        assertThat(sender.send()).isEqualTo("a1");
        sender.order.cacheLost();
        assertThat(sender.sendAll()).startsWith("b2", "b6");
    }

    /** Each of ten is drawn about a tenth of the time. */
    @Test
    void randomTiesAreFair() {
        Map<String, Integer> drawn = new HashMap<>();
        for (int seed = 0; seed < 2_000; seed++) {
            Sender sender = new Sender("lpm:tie=random,seed=" + seed);
            for (int number = 0; number < 10; number++) {
                sender.add(request("r" + number).build());
            }
            drawn.merge(sender.send(), 1, Integer::sum);
        }
        assertThat(drawn)
                .hasSize(10)
                .allSatisfy((id, times) -> assertThat(times).isBetween(150, 250));
    }

    @Test
    void aRequestWithoutHashesIsToldApart() {
        assertThat(PolicyCatalog.ordering("lpm").lacks(request("r").build()))
                .hasValueSatisfying(what -> assertThat(what).contains("hash_ids"));
        assertThat(PolicyCatalog.ordering("lpm").lacks(prompt('a', 1))).isEmpty();
        assertThat(PolicyCatalog.ordering("fcfs").lacks(request("r").build())).isEmpty();
    }
}
