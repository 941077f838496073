package io.sluice.apps.spans;

import io.sluice.apps.delivery.Backoff;
import io.sluice.apps.delivery.Delivery;
import io.sluice.apps.delivery.Delivery.Later;
import io.sluice.apps.delivery.Delivery.Refused;
import io.sluice.core.model.RequestKey;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

import io.opentelemetry.proto.trace.v1.Span;
import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads outcomes, makes spans of them, and sends these in the order of the outcomes: each at least
 * once. While the receiver cannot take anything, the outcomes wait in their topic.
 */
final class SpanPump implements AutoCloseable {

    /**
     * How it works.
     *
     * @param all whether requests without a trace context are told, too
     * @param backoff how long to wait after failures
     * @param err where it says what goes wrong
     */
    record Settings(boolean all, Backoff backoff, PrintWriter err) {}

    private static final Duration POLL = Duration.ofMillis(200);

    /** Finding out from where the next process is to read takes a look at all that is in memory. */
    private static final long REMEMBER_MILLIS = 1_000;

    /** Requests whose decisions are kept in memory. */
    private static final int REQUESTS = 200_000;

    /** Outcomes in memory beyond which no more are read, and outcomes in one message. */
    private static final int MOST_WAITING = 5_000;

    private static final int MOST_AT_ONCE = 200;

    private final SpanLog log;
    private final Function<List<Span>, Delivery> export;
    private final Settings settings;
    private final Clock clock;
    private final AvroCodec<RequestOutcome> outcomes = AvroCodec.of(RequestOutcome.class);
    private final AvroCodec<Decision> decisions = AvroCodec.of(Decision.class);
    private final DecisionMemory memory = new DecisionMemory(REQUESTS);
    private final Deque<Ended> waiting = new ArrayDeque<>();
    private long retryMillis;
    private long rememberMillis;
    private volatile boolean closed;
    private volatile SpanTally tally = SpanTally.ZERO;

    /** An outcome that was read and not told yet. */
    private record Ended(RequestOutcome outcome, int partition, long offset, long appendedMillis) {

        RequestKey key() {
            return new RequestKey(outcome.getFairnessId(), outcome.getRequestId());
        }

        /** Refuses an outcome of nobody, with an IllegalArgumentException. */
        void requireKey() {
            Objects.requireNonNull(key());
        }
    }

    /** The next outcomes, and the spans of those that are to be told. */
    private record Batch(List<Ended> ended, List<Span> spans, SpanTally left, int told) {}

    /**
     * A pump that stands still.
     *
     * @param export sends spans, and waits for the answer
     */
    SpanPump(SpanLog log, Function<List<Span>, Delivery> export, Settings settings, Clock clock) {
        this.log = log;
        this.export = export;
        this.settings = settings;
        this.clock = clock;
    }

    /** Works until it is closed. */
    void run() {
        try (log) {
            work();
            try {
                remember();
            } catch (WakeupException pending) {
                // The call to stop came while nothing waited that it could have ended.
                remember();
            }
        }
    }

    private void work() {
        try {
            while (!closed) {
                log.read(POLL).forEach(this::take);
                log.holdOutcomes(waiting.size() >= MOST_WAITING);
                tellWhatIsReady();
                rememberNowAndThen();
            }
        } catch (WakeupException stopped) {
            // Closed. Of what was read nothing is lost: it is told, or waits.
        }
    }

    /**
     * A process that is killed has told more than the group remembers; that is told again, under
     * the same ids.
     */
    private void rememberNowAndThen() {
        long now = clock.millis();
        boolean turnedBack = now < rememberMillis - REMEMBER_MILLIS;
        if (now >= rememberMillis || turnedBack) {
            remember();
            rememberMillis = now + REMEMBER_MILLIS;
        }
    }

    private void remember() {
        log.remember(
                firstWaiting(log.outcomePositions()), memory.neededFrom(log.decisionPositions()));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            if (log.isOutcome(record)) {
                RequestOutcome outcome = outcomes.decode(value);
                Ended ended =
                        new Ended(outcome, record.partition(), record.offset(), record.timestamp());
                ended.requireKey();
                waiting.add(ended);
            } else {
                memory.take(decisions.decode(value), record.partition(), record.offset());
            }
        } catch (DecodeException | IllegalArgumentException wrong) {
            add(SpanTally.UNREADABLE);
            say(
                    "%s-%d@%d: %s"
                            .formatted(
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    wrong.getMessage()));
        }
    }

    private void tellWhatIsReady() {
        while (!closed && clock.millis() >= retryMillis) {
            Batch batch = next();
            if (batch.ended.isEmpty() || !isDelivered(batch)) {
                return;
            }
            for (Ended told : batch.ended) {
                waiting.remove();
                memory.drop(told.key());
            }
        }
    }

    private Batch next() {
        List<Ended> ended = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        SpanTally left = SpanTally.ZERO;
        int told = 0;
        for (Ended next : waiting) {
            if (ended.size() == MOST_AT_ONCE || !log.hasDecisionsUntil(next.appendedMillis)) {
                break;
            }
            ended.add(next);
            SpanTally why = addSpans(next, spans);
            if (why == null) {
                told++;
            } else {
                left = left.plus(why);
            }
        }
        return new Batch(ended, spans, left, told);
    }

    /** Adds the spans of a request, or says why it has none. */
    private @Nullable SpanTally addSpans(Ended ended, List<Span> spans) {
        RequestOutcome outcome = ended.outcome;
        Instant submitted = outcome.getSubmittedAt();
        String traceparent = outcome.getTraceparent();
        TraceContext parent = traceparent == null ? null : TraceContext.parse(traceparent);
        boolean wrong = traceparent != null && parent == null;
        if (submitted == null) {
            return SpanTally.UNREAD;
        }
        if (parent == null ? !settings.all : !parent.sampled()) {
            return wrong ? SpanTally.WRONG_CONTEXT : SpanTally.UNASKED;
        }
        spans.addAll(RequestSpans.of(submitted, outcome, memory.of(ended.key()), parent));
        return null;
    }

    private boolean isDelivered(Batch batch) {
        SpanTally done = batch.left;
        if (batch.told > 0) {
            Delivery delivery = export.apply(batch.spans);
            if (delivery instanceof Later later) {
                long wait = settings.backoff.failed(later.atLeast());
                retryMillis = clock.millis() + wait;
                add(SpanTally.FAILURE);
                say(
                        "not taken: %s; %d outcomes wait, tried again in %d ms"
                                .formatted(later.reason(), waiting.size(), wait));
                return false;
            }
            settings.backoff.succeeded();
            if (delivery instanceof Refused refused) {
                say("%d requests, not sent again: %s".formatted(batch.told, refused.reason()));
                done = done.plus(SpanTally.ofRefused(batch.told));
            } else {
                done = done.plus(SpanTally.ofExported(batch.told));
            }
        }
        add(done);
        return true;
    }

    private Map<Integer, Long> firstWaiting(Map<Integer, Long> positions) {
        Map<Integer, Long> first = new HashMap<>(positions);
        for (Ended ended : waiting) {
            first.merge(ended.partition, ended.offset, Math::min);
        }
        return first;
    }

    private void say(String what) {
        settings.err.println(what);
        settings.err.flush();
    }

    private void add(SpanTally more) {
        tally = tally.plus(more);
    }

    SpanTally tally() {
        return tally;
    }

    /** Requests of whose decisions some were forgotten before they ended. */
    long forgotten() {
        return memory.forgotten();
    }

    /** Ends the work soon. Any thread. */
    @Override
    public void close() {
        closed = true;
        log.stop();
    }
}
