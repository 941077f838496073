package io.sluice.apps.replay;

import io.sluice.apps.replay.FakeKafka.Sent;
import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.PayloadRef;

import org.apache.kafka.common.errors.TimeoutException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** How prompts get to where a worker finds them. */
class PromptTravelTest {

    private static final ReplaySettings SETTINGS =
            ReplaySettings.of(RequestFields.of(RequestIds.of("test", 7)));

    /** What the JSON of one message of a user has around its text. */
    private static final int JSON_AROUND = "[{\"role\":\"user\",\"content\":\"\"}]".length();

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LONG = 20_000;

    private final FakeClock clock = new FakeClock();
    private FakeKafka kafka = new FakeKafka(clock, true);

    private ReplayResult replay(ShapedRequest... requests) {
        return new Replayer(kafka, SETTINGS, clock, ReplayListener.NONE)
                .run(List.of(requests).iterator());
    }

    @Test
    void leavesOutAPromptThatIsNotRecorded() {
        replay(Requests.at(0, Duration.ZERO));

        InferenceRequest request = kafka.requests().get(0).request();
        assertThat(request.getPayload()).isNull();
        assertThat(request.getPayloadRef()).isNull();
    }

    @Test
    void carriesAShortPromptInTheRequest() {
        replay(Requests.withPrompt(0, Duration.ZERO, 3));

        InferenceRequest request = kafka.requests().get(0).request();
        assertThat(StandardCharsets.UTF_8.decode(request.getPayload()).toString())
                .isEqualTo("[{\"role\":\"user\",\"content\":\"xxx\"}]");
        assertThat(request.getPayloadRef()).isNull();
        assertThat(kafka.sent(Topic.PAYLOADS)).isEmpty();
    }

    @Test
    void carriesAPromptOfTheInlineLimitInTheRequestAndALongerOneApart() {
        int longestInline = ReplaySettings.INLINE_LIMIT_BYTES - JSON_AROUND;

        ReplayResult result =
                replay(
                        Requests.withPrompt(0, Duration.ZERO, longestInline),
                        Requests.withPrompt(1, SECOND, longestInline + 1));

        assertThat(kafka.requests().get(0).request().getPayload().remaining()).isEqualTo(8192);
        InferenceRequest apart = kafka.requests().get(1).request();
        assertThat(apart.getPayload()).isNull();
        assertThat(apart.getPayloadRef()).isEqualTo(new PayloadRef("inference.payloads", 0, 0L));
        Sent prompt = kafka.sent(Topic.PAYLOADS).get(0);
        assertThat(prompt.key()).isEqualTo("test.7.1");
        assertThat(prompt.value()).hasSize(8193);
        assertThat(result.counts().prompts()).isEqualTo(new SendCounts(1, 1, 0));
    }

    @Test
    void writesALongPromptAheadSoThatItsRequestIsOnTime() {
        kafka = new FakeKafka(clock, false);
        clock.at(Duration.ofMillis(400), kafka::completeNext);
        clock.at(Duration.ofMillis(1100), kafka::completeNext);

        ReplayResult result = replay(Requests.withPrompt(0, SECOND, LONG));

        assertThat(kafka.sent(Topic.PAYLOADS).get(0).at()).isZero();
        assertThat(kafka.requests().get(0).at()).isEqualTo(SECOND);
        assertThat(result.progress().lag().orElseThrow().max()).isZero();
        assertThat(result.acknowledged().orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void sendsOtherRequestsWhileALongPromptIsUnderWay() {
        kafka = new FakeKafka(clock, false);
        clock.at(
                Duration.ofSeconds(5),
                () -> {
                    while (kafka.completeNext()) {
                        // The prompt, and the request that went before it.
                    }
                });
        clock.at(Duration.ofSeconds(6), kafka::completeNext);

        ReplayResult result =
                replay(
                        Requests.withPrompt(0, Duration.ZERO, LONG),
                        Requests.at(1, Duration.ofMillis(500)));

        assertThat(kafka.requests())
                .extracting(Sent::key, Sent::at)
                .containsExactly(
                        tuple("test.7.1", Duration.ofMillis(500)),
                        tuple("test.7.0", Duration.ofSeconds(5)));
        assertThat(result.progress().lag().orElseThrow().max()).isEqualTo(5000);
    }

    @Test
    void losesTheRequestWhosePromptIsLostAndSaysSo() {
        kafka = new FakeKafka(clock, false);
        clock.at(SECOND, () -> kafka.errorNext(new TimeoutException("too late")));

        ReplayResult result = replay(Requests.withPrompt(0, Duration.ofSeconds(3), LONG));

        assertThat(kafka.requests()).isEmpty();
        assertThat(result.counts().requests()).isEqualTo(new SendCounts(1, 0, 1));
        assertThat(result.counts().prompts()).isEqualTo(new SendCounts(1, 0, 1));
        assertThat(result.problems())
                .extracting(SendProblem::toString)
                .containsExactly(
                        "prompt of request test.7.0: TimeoutException: too late",
                        "request test.7.0: its prompt could not be written");
    }

    @Test
    void countsAPromptThatNoTopicTakes() {
        ReplayResult result =
                replay(
                        Requests.withPrompt(0, Duration.ZERO, 17 << 20),
                        Requests.at(1, Duration.ZERO));

        assertThat(kafka.requests()).extracting(Sent::key).containsExactly("test.7.1");
        assertThat(kafka.sent(Topic.PAYLOADS)).isEmpty();
        assertThat(result.counts().deviations().oversized()).isEqualTo(1);
        assertThat(result.problems())
                .singleElement()
                .hasToString(
                        "request test.7.0: its prompt of 17825822 bytes is larger than the 16777080"
                                + " that topic inference.payloads takes");
    }

    @Test
    void countsARequestWhoseBlockHashesNoTopicTakes() {
        TraceRequest vast =
                new TraceRequest(
                        0,
                        0,
                        TokenCounts.of(200_000 * 16, 1),
                        Caller.UNKNOWN,
                        new PrefixBlocks(
                                16,
                                LongStream.range(0, 200_000)
                                        .map(i -> Long.MAX_VALUE - i)
                                        .boxed()
                                        .toList()),
                        List.of(),
                        List.of(),
                        0);

        ReplayResult result = replay(Requests.shaped(vast, Duration.ZERO));

        assertThat(kafka.history()).isEmpty();
        assertThat(result.counts().deviations().oversized()).isEqualTo(1);
        assertThat(result.problems().get(0).reason())
                .startsWith("its record of")
                .endsWith("that topic inference.requests takes");
    }

    @Test
    void forgetsARequestWhosePromptIsUnderWayWhenStopped() {
        kafka = new FakeKafka(clock, false);
        Replayer replayer = new Replayer(kafka, SETTINGS, clock, ReplayListener.NONE);
        clock.at(SECOND, replayer::stop);
        clock.at(Duration.ofSeconds(2), kafka::completeNext);

        ReplayResult result =
                replayer.run(List.of(Requests.withPrompt(0, Duration.ZERO, LONG)).iterator());

        assertThat(kafka.requests()).isEmpty();
        assertThat(result.stopped()).isTrue();
        assertThat(result.counts().deviations().stopped()).isEqualTo(1);
        assertThat(result.counts().inFlight()).isZero();
    }
}
