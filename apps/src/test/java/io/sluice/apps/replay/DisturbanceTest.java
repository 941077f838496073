package io.sluice.apps.replay;

import io.sluice.apps.replay.FakeKafka.Sent;
import io.sluice.apps.trace.TraceException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.ControlType;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Duplicates and cancels beside the requests. */
class DisturbanceTest {

    private static final int REQUESTS = 2000;

    private static FakeKafka replay(Disturbance disturbance) {
        FakeClock clock = new FakeClock();
        FakeKafka kafka = new FakeKafka(clock, true);
        ReplaySettings settings =
                ReplaySettings.of(RequestFields.of(RequestIds.of("test", 7)))
                        .withDisturbance(disturbance);
        ReplayResult result =
                new Replayer(kafka, settings, clock, ReplayListener.NONE)
                        .run(Requests.every(Duration.ofMillis(10), REQUESTS).iterator());
        assertThat(result.counts().requests().acknowledged()).isEqualTo(REQUESTS);
        assertThat(result.counts().duplicates().acknowledged())
                .isEqualTo(kafka.requests().size() - REQUESTS);
        assertThat(result.counts().cancels().acknowledged())
                .isEqualTo(kafka.sent(Topic.CONTROL).size());
        return kafka;
    }

    @Test
    void sendsTheSameRecordAgainLater() {
        FakeKafka kafka = replay(new Disturbance(1, 0, 1, 3));

        Map<String, List<Sent>> byId = byKey(kafka.requests());
        assertThat(byId).hasSize(REQUESTS);
        assertThat(byId.values())
                .allSatisfy(
                        copies -> {
                            assertThat(copies).hasSize(2);
                            assertThat(copies.get(1).value()).isEqualTo(copies.get(0).value());
                            assertThat(copies.get(1).at())
                                    .isGreaterThanOrEqualTo(copies.get(0).at());
                        });
    }

    @Test
    void delaysByTwoSecondsOfTheTraceOnAverage() {
        assertThat(meanDelaySeconds(replay(new Disturbance(1, 0, 1, 3)))).isBetween(1.85, 2.15);
        assertThat(meanDelaySeconds(replay(new Disturbance(1, 0, 100, 3))))
                .isBetween(0.0185, 0.0215);
    }

    private static double meanDelaySeconds(FakeKafka kafka) {
        return byKey(kafka.requests()).values().stream()
                .mapToDouble(copies -> copies.get(1).at().minus(copies.get(0).at()).toNanos() / 1e9)
                .average()
                .orElseThrow();
    }

    @Test
    void cancelsAfterSubmitting() {
        FakeKafka kafka = replay(new Disturbance(0, 0.25, 1, 3));

        Map<String, List<Sent>> submitted = byKey(kafka.requests());
        List<Sent> cancels = kafka.sent(Topic.CONTROL);
        assertThat(cancels).hasSizeBetween(440, 560);
        assertThat(cancels)
                .allSatisfy(
                        cancel -> {
                            assertThat(cancel.control().getType()).isEqualTo(ControlType.CANCEL);
                            assertThat(cancel.control().getRequestId()).isEqualTo(cancel.key());
                            assertThat(cancel.control().getFairnessId()).isEqualTo("default");
                            assertThat(cancel.at())
                                    .isGreaterThanOrEqualTo(
                                            submitted.get(cancel.key()).get(0).at());
                            assertThat(cancel.control().getIssuedAt().toEpochMilli())
                                    .isEqualTo(FakeClock.START_MILLIS + cancel.at().toMillis());
                        });
    }

    @Test
    void drawsTheSameAgainAndEachKindForItself() {
        List<String> alone = duplicates(replay(new Disturbance(0.1, 0, 1, 3)));

        assertThat(alone).hasSizeBetween(150, 250);
        assertThat(duplicates(replay(new Disturbance(0.1, 0.5, 1, 3)))).isEqualTo(alone);
        assertThat(duplicates(replay(new Disturbance(0.1, 0, 1, 4)))).isNotEqualTo(alone);
    }

    private static List<String> duplicates(FakeKafka kafka) {
        return byKey(kafka.requests()).entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Test
    void refusesWhatIsNoPart() {
        assertThatThrownBy(() -> new Disturbance(1.5, 0, 1, 0))
                .isInstanceOf(TraceException.class)
                .hasMessage("the part of requests with duplicates must be from 0 to 1, not 1.5");
        assertThatThrownBy(() -> new Disturbance(0, Double.NaN, 1, 0))
                .hasMessageContaining("cancels");
        assertThatThrownBy(() -> new Disturbance(0, 0, 0, 0)).hasMessageContaining("speedup");
    }

    private static Map<String, List<Sent>> byKey(List<Sent> sent) {
        Map<String, List<Sent>> byKey = new HashMap<>();
        sent.forEach(each -> byKey.computeIfAbsent(each.key(), k -> new ArrayList<>()).add(each));
        return byKey;
    }
}
