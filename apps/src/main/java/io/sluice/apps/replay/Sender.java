package io.sluice.apps.replay;

import io.sluice.apps.replay.Carriage.Apart;
import io.sluice.apps.replay.Carriage.Inline;
import io.sluice.apps.replay.Carriage.TooLarge;
import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.Message;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.arrival.TimedRequest;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.PayloadRef;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes records and hands them to the Kafka client, which delivers them on a thread of its own;
 * what becomes of each is counted.
 */
final class Sender {

    /** At most so many bytes of prompts under way: half of what the client buffers. */
    private static final long MOST_PROMPT_BYTES = ReplayProducer.BUFFER_BYTES / 2;

    /** Upper bound of what the log adds to key and value of a record sent alone. */
    private static final int OVERHEAD_BYTES = 128;

    private final Producer<byte[], byte[]> producer;
    private final ReplaySettings settings;
    private final ReplayClock clock;
    private final ReplayTally tally;
    private final RequestRecords records;
    private final AvroCodec<InferenceRequest> requestCodec = AvroCodec.of(InferenceRequest.class);
    private final AvroCodec<ControlEvent> controlCodec = AvroCodec.of(ControlEvent.class);
    private final AtomicLong promptBytes = new AtomicLong();

    Sender(
            Producer<byte[], byte[]> producer,
            ReplaySettings settings,
            ReplayClock clock,
            ReplayTally tally) {
        this.producer = producer;
        this.settings = settings;
        this.clock = clock;
        this.tally = tally;
        this.records = new RequestRecords(settings.fields());
    }

    /** Loads what sending needs, so that the first request does not wait for it. */
    void warmUp() {
        TraceRequest request =
                new TraceRequest(
                        0,
                        0,
                        TokenCounts.of(1, 1),
                        Caller.UNKNOWN,
                        PrefixBlocks.NONE,
                        List.of(),
                        List.of(Message.user("")),
                        0);
        ShapedRequest shaped =
                new ShapedRequest(new TimedRequest(0, request), 0, Map.of(), OptionalInt.empty());
        PromptJson.of(request.messages());
        requestCodec.encode(records.request(shaped, Instant.EPOCH).build());
    }

    /** Whether another prompt can be uploaded without filling the client's buffer. */
    boolean hasRoomForPrompts() {
        return promptBytes.get() < MOST_PROMPT_BYTES;
    }

    /** Decides how a prompt travels; a long one sets off. */
    Carriage carry(ShapedRequest request, long dueNanos) {
        byte[] prompt = PromptJson.of(request.timed().request().messages());
        if (prompt.length <= settings.inlineLimitBytes()) {
            return new Inline(prompt);
        }
        String id = records.id(request);
        String tooLarge = tooLarge(SendKind.PROMPT, id, prompt);
        return tooLarge == null
                ? new Apart(upload(new Parcel(SendKind.PROMPT, id, prompt, dueNanos)))
                : new TooLarge(tooLarge);
    }

    private CompletableFuture<PayloadRef> upload(Parcel parcel) {
        CompletableFuture<PayloadRef> ref = new CompletableFuture<>();
        promptBytes.addAndGet(parcel.value().length);
        deliver(
                parcel,
                (metadata, failure) -> {
                    promptBytes.addAndGet(-parcel.value().length);
                    if (failure == null) {
                        ref.complete(
                                new PayloadRef(
                                        metadata.topic(), metadata.partition(), metadata.offset()));
                    } else {
                        ref.completeExceptionally(failure);
                    }
                    clock.wake();
                });
        return ref;
    }

    /**
     * Sends a request whose prompt has arrived or travels inside.
     *
     * @return the record; null if the request cannot be sent, which is counted
     */
    byte @Nullable [] send(Departure departure, Schedule schedule) {
        String id = records.id(departure.request());
        if (departure.carriage() instanceof TooLarge refused) {
            tally.oversized(new SendProblem(SendKind.REQUEST.words() + " " + id, refused.reason()));
            return null;
        }
        if (departure.carriage() instanceof Apart apart && apart.ref().isCompletedExceptionally()) {
            lose(id);
            return null;
        }
        byte[] value = requestCodec.encode(record(departure, schedule));
        String tooLarge = tooLarge(SendKind.REQUEST, id, value);
        if (tooLarge != null) {
            tally.oversized(new SendProblem(SendKind.REQUEST.words() + " " + id, tooLarge));
            return null;
        }
        depart(departure);
        deliver(new Parcel(SendKind.REQUEST, id, value, departure.dueNanos()), null);
        return value;
    }

    private void depart(Departure departure) {
        tally.departed(
                departure.request().timed().offsetNanos(),
                clock.nanos() - departure.dueNanos(),
                !settings.fields().waitsForOthers()
                        && !departure.request().timed().request().waitFor().isEmpty());
    }

    private InferenceRequest record(Departure departure, Schedule schedule) {
        InferenceRequest.Builder record =
                records.request(departure.request(), schedule.wallTime(departure.dueNanos()));
        if (departure.carriage() instanceof Apart apart) {
            record.setPayloadRef(apart.ref().join());
        } else if (departure.carriage() instanceof Inline inline && inline.prompt().length > 0) {
            record.setPayload(ByteBuffer.wrap(inline.prompt()));
        }
        return record.build();
    }

    /** The failure itself was kept when the prompt failed. */
    private void lose(String id) {
        tally.sent(SendKind.REQUEST);
        tally.failed(
                SendKind.REQUEST,
                new SendProblem(
                        SendKind.REQUEST.words() + " " + id, "its prompt could not be written"));
    }

    /** Sends a duplicate or a cancel. */
    void send(Extra extra, Schedule schedule) {
        byte[] value =
                extra.kind() == SendKind.CANCEL
                        ? controlCodec.encode(
                                records.cancel(
                                        extra.request(), schedule.wallTime(extra.dueNanos())))
                        : extra.value();
        deliver(
                new Parcel(extra.kind(), records.id(extra.request()), value, extra.dueNanos()),
                null);
    }

    private void deliver(Parcel parcel, @Nullable Callback then) {
        String topic = parcel.kind().topic().name(settings.prefix());
        byte[] key = parcel.requestId().getBytes(StandardCharsets.UTF_8);
        Callback settle =
                (metadata, failure) -> {
                    settle(parcel, failure);
                    if (then != null) {
                        then.onCompletion(metadata, failure);
                    }
                };
        tally.sent(parcel.kind());
        try {
            // The callback hears of the end; the future would say the same.
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(topic, key, parcel.value()), settle);
        } catch (KafkaException e) {
            // What the client finds wrong with itself it throws; it then never calls back.
            settle.onCompletion(null, e);
        }
    }

    private void settle(Parcel parcel, @Nullable Exception failure) {
        boolean idle =
                failure == null
                        ? tally.acknowledged(parcel.kind(), clock.nanos() - parcel.dueNanos())
                        : tally.failed(
                                parcel.kind(),
                                new SendProblem(
                                        parcel.kind().words() + " " + parcel.requestId(),
                                        reason(failure)));
        if (idle) {
            clock.wake();
        }
    }

    private static String reason(Exception failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return failure.getClass().getSimpleName() + message;
    }

    private @Nullable String tooLarge(SendKind kind, String id, byte[] value) {
        Topic topic = kind.topic();
        int keyBytes = id.getBytes(StandardCharsets.UTF_8).length;
        int most = topic.storage().maxMessageBytes() - keyBytes - OVERHEAD_BYTES;
        return value.length <= most
                ? null
                : "%s of %d bytes is larger than the %d that topic %s takes"
                        .formatted(
                                kind == SendKind.PROMPT ? "its prompt" : "its record",
                                value.length,
                                most,
                                topic.name(settings.prefix()));
    }

    /** A record on its way. */
    // Never compared: lives from the encoding to the send.
    @SuppressWarnings("ArrayRecordComponent")
    private record Parcel(SendKind kind, String requestId, byte[] value, long dueNanos) {}
}
