package io.sluice.apps.replay;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.Message;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.arrival.TimedRequest;
import io.sluice.apps.trace.shape.ShapedRequest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Shaped requests for tests. */
final class Requests {

    private Requests() {}

    /** A request of 100 and 20 tokens without text. */
    static ShapedRequest at(long sequence, Duration offset) {
        return of(sequence, offset, List.of());
    }

    /** A request with a prompt of so many characters. */
    static ShapedRequest withPrompt(long sequence, Duration offset, int characters) {
        return of(sequence, offset, List.of(Message.user("x".repeat(characters))));
    }

    /** So many requests at even gaps, the first at 0. */
    static List<ShapedRequest> every(Duration gap, int count) {
        return IntStream.range(0, count).mapToObj(i -> at(i, gap.multipliedBy(i))).toList();
    }

    static ShapedRequest shaped(TraceRequest request, Duration offset) {
        return new ShapedRequest(
                new TimedRequest(offset.toNanos(), request), 0, Map.of(), OptionalInt.empty());
    }

    private static ShapedRequest of(long sequence, Duration offset, List<Message> messages) {
        return shaped(
                new TraceRequest(
                        sequence,
                        offset.toNanos(),
                        TokenCounts.of(100, 20),
                        Caller.UNKNOWN,
                        PrefixBlocks.NONE,
                        List.of(),
                        messages,
                        0),
                offset);
    }
}
