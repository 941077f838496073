package io.sluice.core.kernel;

import io.sluice.core.kernel.RouterEffect.Dropped.Cause;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;

import java.util.function.Consumer;

/**
 * How the router closes a request. An outcome says what its request was, and by that, those who
 * wait for it in its workflow learn of the end: so an end that is known before the request is read
 * is kept until it has been, though not for ever.
 */
final class Closing {

    private final long dedupWindowMillis;
    private final Consumer<RouterEffect> effects;

    Closing(long dedupWindowMillis, Consumer<RouterEffect> effects) {
        this.dedupWindowMillis = dedupWindowMillis;
        this.effects = effects;
    }

    /** Closes a request, or notes how it ends if it has not been read. */
    RouteRecord close(RouteRecord record, Ending ending, long now) {
        lose(record);
        return record.request() == null
                ? record.ended(ending.kept(), now + dedupWindowMillis)
                : settle(record, ending.of(record, now), now);
    }

    /** What the last run of a request had made before it was interrupted is of no use any more. */
    void lose(RouteRecord record) {
        int tokens = record.request() == null ? 0 : record.request().progress().generatedTokens();
        if (tokens > 0) {
            effects.accept(new RouterEffect.Dropped(record.key(), Cause.INTERRUPTED_RUN, tokens));
        }
    }

    /** Closes a request that had ended before it was read, and has been read now. */
    RouteRecord closeRead(RouteRecord record, Ending ending, PendingRequest request, long now) {
        return settle(record, ending.of(record.with(request), now), now);
    }

    /** Closes a request that nobody will read any more; the outcome cannot say what it was. */
    RouteRecord closeUnread(RouteRecord record, Ending ending, long now) {
        return settle(record, ending.of(record, now), now);
    }

    /** Closes a request that has run to its last token; its worker says what it was. */
    RouteRecord complete(RouteRecord record, WorkerReport.Completed report, long now) {
        SettledRequest outcome =
                new SettledRequest(
                        record.key(),
                        Outcome.COMPLETED,
                        report.run().attempt(),
                        report.origin().instanceId(),
                        report.origin().incarnation(),
                        now,
                        null,
                        null,
                        report.facts(),
                        null,
                        report.measures());
        return settle(record, outcome, now);
    }

    private RouteRecord settle(RouteRecord record, SettledRequest outcome, long now) {
        effects.accept(new RouterEffect.Settled(outcome, RouterEffect.Expected.of(record)));
        return record.closed(now + dedupWindowMillis);
    }
}
