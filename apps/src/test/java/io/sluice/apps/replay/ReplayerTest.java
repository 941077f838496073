package io.sluice.apps.replay;

import io.sluice.apps.replay.FakeKafka.Sent;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.schemas.Topic;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplayerTest {

    private static final RequestIds IDS = RequestIds.of("test", 7);
    private static final ReplaySettings SETTINGS = ReplaySettings.of(RequestFields.of(IDS));
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final List<ReplayProgress> heard = new ArrayList<>();
    private final ReplayListener listener =
            new ReplayListener() {
                @Override
                public void progress(ReplayProgress progress) {
                    heard.add(progress);
                }
            };

    private Replayer replayer(FakeKafka kafka) {
        return new Replayer(kafka, SETTINGS, clock, listener);
    }

    @Test
    void sendsEachRequestWhenItIsDueAndNamesThatTime() {
        FakeKafka kafka = new FakeKafka(clock, true);

        ReplayResult result = replayer(kafka).run(Requests.every(SECOND, 5).iterator());

        assertThat(kafka.requests())
                .extracting(Sent::at)
                .containsExactly(
                        Duration.ZERO,
                        SECOND,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4));
        assertThat(kafka.requests())
                .extracting(sent -> sent.request().getCreated())
                .first()
                .isEqualTo(Instant.ofEpochMilli(FakeClock.START_MILLIS));
        assertThat(kafka.requests().get(3).request().getCreated())
                .isEqualTo(Instant.ofEpochMilli(FakeClock.START_MILLIS + 3000));
        assertThat(result.counts().requests()).isEqualTo(new SendCounts(5, 5, 0));
        assertThat(result.progress().lag().orElseThrow().max()).isZero();
        assertThat(result.progress().scheduledNanos()).isEqualTo(4 * SECOND.toNanos());
        assertThat(result.counts().failed()).isZero();
        assertThat(result.stopped()).isFalse();
    }

    @Test
    void keysRecordsByTheirIds() {
        FakeKafka kafka = new FakeKafka(clock, true);

        replayer(kafka).run(Requests.every(SECOND, 2).iterator());

        assertThat(kafka.requests()).extracting(Sent::key).containsExactly("test.7.0", "test.7.1");
        assertThat(kafka.requests())
                .extracting(sent -> sent.request().getRequestId())
                .containsExactly("test.7.0", "test.7.1");
    }

    @Test
    void doesNotWaitForAcknowledgementsButForTheLastOfThemAtTheEnd() {
        FakeKafka kafka = new FakeKafka(clock, false);
        clock.at(
                Duration.ofSeconds(30),
                () -> {
                    while (kafka.completeNext()) {
                        // All at once, long after the last was sent.
                    }
                });

        ReplayResult result = replayer(kafka).run(Requests.every(SECOND, 10).iterator());

        assertThat(kafka.requests().get(9).at()).isEqualTo(Duration.ofSeconds(9));
        assertThat(result.progress().lag().orElseThrow().max()).isZero();
        assertThat(result.acknowledged().orElseThrow().max()).isEqualTo(30_000);
        assertThat(result.counts().requests()).isEqualTo(new SendCounts(10, 10, 0));
        assertThat(result.progress().elapsedNanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void saysHowFarBehindItFellAndSendsWhatIsOverdueWithoutPause() {
        FakeKafka kafka = new FakeKafka(clock, true);
        kafka.blockSends(Duration.ofMillis(10));

        ReplayResult result =
                replayer(kafka).run(Requests.every(Duration.ofMillis(1), 100).iterator());

        assertThat(kafka.requests().get(99).at()).isEqualTo(Duration.ofMillis(990));
        assertThat(result.progress().lag().orElseThrow().max()).isEqualTo(891);
        assertThat(result.progress().lag().orElseThrow().p99()).isBetween(870.0, 891.0);
        assertThat(result.counts().requests().acknowledged()).isEqualTo(100);
    }

    @Test
    void catchesUpAfterAPause() {
        FakeKafka kafka = new FakeKafka(clock, true);
        kafka.beforeSend(
                (topic, before) ->
                        clock.spend(before == 2 ? Duration.ofSeconds(10) : Duration.ZERO));

        replayer(kafka).run(Requests.every(SECOND, 20).iterator());

        assertThat(kafka.requests().get(11).at()).isEqualTo(Duration.ofSeconds(12));
        assertThat(kafka.requests().get(13).at()).isEqualTo(Duration.ofSeconds(13));
        assertThat(kafka.requests().get(19).at()).isEqualTo(Duration.ofSeconds(19));
    }

    @Test
    void countsAndKeepsWhatTheBrokerRefuses() {
        FakeKafka kafka = new FakeKafka(clock, false);
        clock.at(SECOND, kafka::completeNext);
        clock.at(SECOND, () -> kafka.errorNext(new TimeoutException("120000 ms has passed")));
        clock.at(SECOND, kafka::completeNext);

        ReplayResult result =
                replayer(kafka).run(Requests.every(Duration.ofMillis(1), 3).iterator());

        assertThat(result.counts().requests()).isEqualTo(new SendCounts(3, 2, 1));
        assertThat(result.counts().failed()).isEqualTo(1);
        assertThat(result.problems())
                .singleElement()
                .hasToString("request test.7.1: TimeoutException: 120000 ms has passed");
    }

    @Test
    void countsAndKeepsWhatTheClientRefuses() {
        FakeKafka kafka = new FakeKafka(clock, true);
        kafka.beforeSend(
                (topic, before) ->
                        kafka.sendException = before < 2 ? null : new KafkaException("fatal"));

        ReplayResult result = replayer(kafka).run(Requests.every(SECOND, 4).iterator());

        assertThat(result.counts().requests()).isEqualTo(new SendCounts(4, 2, 2));
        assertThat(result.problems())
                .extracting(SendProblem::toString)
                .containsExactly(
                        "request test.7.2: KafkaException: fatal",
                        "request test.7.3: KafkaException: fatal");
    }

    @Test
    void stopsInTheMiddleAndAccountsForWhatWasSent() {
        FakeKafka kafka = new FakeKafka(clock, false);
        Replayer replayer = replayer(kafka);
        clock.at(Duration.ofMillis(2500), replayer::stop);
        clock.at(Duration.ofMillis(2600), kafka::completeNext);
        clock.at(Duration.ofMillis(2700), kafka::completeNext);
        clock.at(Duration.ofMillis(2800), kafka::completeNext);

        ReplayResult result = replayer.run(Requests.every(SECOND, 100).iterator());

        assertThat(kafka.requests()).hasSize(3);
        assertThat(result.stopped()).isTrue();
        assertThat(result.counts().requests()).isEqualTo(new SendCounts(3, 3, 0));
        assertThat(result.counts().deviations().stopped()).isPositive();
        assertThat(result.progress().elapsedNanos()).isEqualTo(Duration.ofMillis(2800).toNanos());
    }

    @Test
    void doesNotWaitForeverForABrokerThatIsGone() {
        Replayer replayer = replayer(new FakeKafka(clock, false));
        clock.at(Duration.ofMillis(2500), replayer::stop);

        ReplayResult result = replayer.run(Requests.every(SECOND, 100).iterator());

        assertThat(result.stopped()).isTrue();
        assertThat(result.counts().requests().inFlight()).isEqualTo(3);
        assertThat(result.progress().elapsedNanos()).isEqualTo(Duration.ofMillis(12_500).toNanos());
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        FakeKafka kafka = new FakeKafka(clock, true);
        clock.at(
                Duration.ofMillis(2500),
                () -> {
                    Thread.currentThread().interrupt();
                    clock.wake();
                });

        ReplayResult result = replayer(kafka).run(Requests.every(SECOND, 100).iterator());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.stopped()).isTrue();
        assertThat(result.counts().requests()).isEqualTo(new SendCounts(3, 3, 0));
    }

    @Test
    void isNotStoppedByAStopAfterItsEnd() {
        Replayer replayer = replayer(new FakeKafka(clock, true));
        replayer.run(Requests.every(SECOND, 2).iterator());

        replayer.stop();

        assertThat(replayer.result().stopped()).isFalse();
    }

    @Test
    void sendsWhatWasReadBeforeTheTraceBroke() {
        FakeKafka kafka = new FakeKafka(clock, true);
        Replayer replayer = replayer(kafka);

        assertThatThrownBy(() -> replayer.run(breakingAfter(Requests.every(SECOND, 3))))
                .isInstanceOf(TraceException.class)
                .hasMessage("broken");

        assertThat(kafka.requests()).hasSize(3);
        assertThat(replayer.result().counts().requests()).isEqualTo(new SendCounts(3, 3, 0));
    }

    private static Iterator<ShapedRequest> breakingAfter(List<ShapedRequest> requests) {
        Iterator<ShapedRequest> sound = requests.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!sound.hasNext()) {
                    throw new TraceException("broken");
                }
                return true;
            }

            @Override
            public ShapedRequest next() {
                return sound.next();
            }
        };
    }

    @Test
    void tellsItsListenerAtTheStartFourTimesASecondAndAtTheEnd() {
        replayer(new FakeKafka(clock, true)).run(Requests.every(SECOND, 2).iterator());

        assertThat(heard)
                .extracting(progress -> progress.elapsedNanos() / 1_000_000)
                .containsExactly(0L, 250L, 500L, 750L, 1000L, 1000L);
        assertThat(heard.get(5).counts().requests().acknowledged()).isEqualTo(2);
    }

    @Test
    void readsOnlyALittleAhead() {
        List<Long> readAt = new ArrayList<>();
        Iterator<ShapedRequest> requests = Requests.every(SECOND, 10).iterator();
        Iterator<ShapedRequest> watched =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return requests.hasNext();
                    }

                    @Override
                    public ShapedRequest next() {
                        readAt.add(clock.nanos());
                        return requests.next();
                    }
                };

        replayer(new FakeKafka(clock, true)).run(watched);

        assertThat(readAt.get(9)).isBetween(6 * SECOND.toNanos(), 8 * SECOND.toNanos());
    }

    @Test
    void runsOnce() {
        Replayer replayer = replayer(new FakeKafka(clock, true));
        replayer.run(Requests.every(SECOND, 1).iterator());

        assertThatThrownBy(() -> replayer.run(Requests.every(SECOND, 1).iterator()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sendsToTheTopicsOfItsPrefix() {
        FakeKafka kafka = new FakeKafka(clock, true);

        replayer(kafka).run(Requests.every(SECOND, 1).iterator());

        assertThat(kafka.history().get(0).topic()).isEqualTo("inference.requests");
        assertThat(kafka.sent(Topic.PAYLOADS)).isEmpty();
    }
}
