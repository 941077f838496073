package io.sluice.apps.replay;

import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.schemas.Topic;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever becomes of records, and whenever, no request goes missing. */
class ReplayAccountingPropertyTest {

    /**
     * Each number stands for a request: its gap, the length of its prompt, and how the broker takes
     * the record of its number.
     */
    @Property(tries = 500)
    void accountsForEveryRequestThatIsRead(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 9999) Integer> plan,
            @ForAll @IntRange(min = 0, max = 40_000) int stopMillis) {
        FakeClock clock = new FakeClock();
        FakeKafka kafka = new FakeKafka(clock, false);
        kafka.beforeSend(
                (topic, before) -> {
                    int fate = plan.get(before % plan.size()) % 7;
                    kafka.sendException = fate == 0 ? new KafkaException("refused") : null;
                    clock.spend(Duration.ofMillis(fate == 1 ? 700 : 0));
                });
        Replayer replayer =
                new Replayer(
                        kafka,
                        ReplaySettings.of(RequestFields.of(RequestIds.of("p", 0)))
                                .withDisturbance(new Disturbance(0.3, 0.3, 1, 1)),
                        clock,
                        ReplayListener.NONE);
        settleNowAndThen(clock, kafka, plan);
        clock.at(Duration.ofMillis(stopMillis), replayer::stop);
        Set<String> read = new HashSet<>();

        ReplayResult result = replayer.run(noting(requests(plan), read));

        ReplayCounts counts = result.counts();
        assertThat(counts.inFlight()).isZero();
        assertThat(
                        counts.requests().sent()
                                + counts.deviations().oversized()
                                + counts.deviations().stopped())
                .isEqualTo(read.size());
        long requestRecords = kafka.requests().size();
        assertThat(requestRecords)
                .isLessThanOrEqualTo(counts.requests().sent() + counts.duplicates().sent());
        assertThat(kafka.sent(Topic.CONTROL)).hasSize((int) counts.cancels().sent());
        assertThat(result.stopped() || read.size() == plan.size()).isTrue();
    }

    private static void settleNowAndThen(FakeClock clock, FakeKafka kafka, List<Integer> plan) {
        for (int tick = 0; tick < 400; tick++) {
            int number = plan.get(tick % plan.size());
            clock.at(
                    Duration.ofMillis(300L * tick + number % 100),
                    () -> {
                        boolean more = true;
                        for (int i = 0; more && i < 1 + number % 5; i++) {
                            more =
                                    number % 3 == 0
                                            ? kafka.errorNext(new TimeoutException("lost"))
                                            : kafka.completeNext();
                        }
                    });
        }
        // In the end the broker answers everything, whenever that was sent.
        for (int minute = 3; minute < 30; minute++) {
            clock.at(
                    Duration.ofMinutes(minute),
                    () -> {
                        while (kafka.completeNext()) {
                            // Until nothing is open.
                        }
                    });
        }
    }

    private static List<ShapedRequest> requests(List<Integer> plan) {
        List<ShapedRequest> requests = new ArrayList<>();
        Duration at = Duration.ZERO;
        for (int number : plan) {
            at = at.plusMillis(number % 1000);
            int characters = number % 4 == 0 ? 10_000 : number % 50;
            requests.add(Requests.withPrompt(requests.size(), at, characters));
        }
        return requests;
    }

    private static Iterator<ShapedRequest> noting(List<ShapedRequest> requests, Set<String> read) {
        return requests.stream()
                .peek(request -> read.add("p.0." + request.timed().request().sequence()))
                .iterator();
    }
}
