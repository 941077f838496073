package io.sluice.core.kernel;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PayloadLocation;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Prediction;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** What every store of a lane's entries promises. Extend it and say how to make an empty one. */
public abstract class PendingStoreContract {

    private PendingStore store;

    /** Makes an empty store. */
    protected abstract PendingStore create() throws Exception;

    /**
     * The same entries as another object reads them: a store over the same state, or after a
     * snapshot and restore. A store without such a form returns its argument.
     */
    protected PendingStore reread(PendingStore written) throws Exception {
        return written;
    }

    /** Makes the store of one test. */
    @BeforeEach
    protected void makeStore() throws Exception {
        store = create();
    }

    private List<LaneEntry> all() throws Exception {
        List<LaneEntry> entries = new ArrayList<>();
        reread(store).all().forEach(entries::add);
        return entries;
    }

    private static LaneEntry waiting(String id) {
        return LaneEntry.waiting(request(id).build(), 1);
    }

    /** Nothing is there at first. */
    @Test
    public void anEmptyStoreHasNothing() throws Exception {
        assertThat(all()).isEmpty();
        assertThat(store.get(key("a"))).isNull();
    }

    /** What was put is returned. */
    @Test
    public void whatIsPutIsThere() throws Exception {
        store.put(waiting("a"));
        store.put(waiting("b"));
        assertThat(reread(store).get(key("a"))).isEqualTo(waiting("a"));
        assertThat(all()).containsExactlyInAnyOrder(waiting("a"), waiting("b"));
    }

    /** The latest entry of a key counts. */
    @Test
    public void aPutReplaces() throws Exception {
        store.put(waiting("a"));
        LaneEntry later = LaneEntry.waiting(request("a").priority(3).build(), 2);
        store.put(later);
        assertThat(reread(store).get(key("a"))).isEqualTo(later);
        assertThat(all()).containsExactly(later);
    }

    /** What was removed is gone, and only that. */
    @Test
    public void whatIsRemovedIsGone() throws Exception {
        store.put(waiting("a"));
        store.put(waiting("b"));
        store.remove(key("a"));
        assertThat(reread(store).get(key("a"))).isNull();
        assertThat(all()).containsExactly(waiting("b"));
    }

    /** Removing what is not there is no error. */
    @Test
    public void removingNothingDoesNothing() throws Exception {
        store.put(waiting("a"));
        store.remove(key("z"));
        assertThat(all()).hasSize(1);
    }

    /** A key may come back. */
    @Test
    public void whatWasRemovedMayComeBack() throws Exception {
        store.put(waiting("a"));
        store.remove(key("a"));
        store.put(waiting("a"));
        assertThat(all()).containsExactly(waiting("a"));
    }

    /** The same id of two tenants is two requests, even where escaping could confuse them. */
    @Test
    public void keysAreScopedByTenant() throws Exception {
        RequestKey slashInId = new RequestKey("t", "x/a");
        RequestKey slashInTenant = new RequestKey("t/x", "a");
        RequestKey escapedTenant = new RequestKey("t%2Fx", "a");
        for (RequestKey key : List.of(slashInId, slashInTenant, escapedTenant)) {
            store.put(new LaneEntry(key, 1, null, run(false), 0));
        }
        store.remove(slashInTenant);
        assertThat(all())
                .extracting(LaneEntry::key)
                .containsExactlyInAnyOrder(slashInId, escapedTenant);
    }

    /** An adopted run has no description. */
    @Test
    public void aRunWithoutRequestIsKept() throws Exception {
        LaneEntry adopted = new LaneEntry(key("a"), 7, null, run(true), 0);
        store.put(adopted);
        assertThat(reread(store).get(key("a"))).isEqualTo(adopted);
    }

    /** Nothing of an entry is lost. */
    @Test
    public void everyFieldIsKept() throws Exception {
        LaneEntry entry = new LaneEntry(key("full"), 3, full(), run(false), 5);
        store.put(entry);
        assertThat(reread(store).get(key("full"))).isEqualTo(entry);
        assertThat(all()).containsExactly(entry);
    }

    private static LaneEntry.Run run(boolean stopSent) {
        return new LaneEntry.Run(
                "gpu-1", 2, 1_790_000_000_000L, 1_790_000_000_123L, 4_096, stopSent);
    }

    private static PendingRequest full() {
        Passengers passengers =
                new Passengers(
                        11,
                        12,
                        "workflow",
                        "flex",
                        "adapter",
                        true,
                        new PayloadLocation("inference.payloads", 3, 99),
                        "00-trace",
                        new BlockHashes(16, new long[] {1, -2, Long.MAX_VALUE}));
        return new PendingRequest(
                        key("full"),
                        "llama",
                        -3,
                        1_790_000_000_001L,
                        1_790_000_060_001L,
                        1_790_000_030_001L,
                        100_000,
                        2_000,
                        1_500,
                        new SloTarget(200, 50.5, Double.NaN),
                        "session",
                        "gpu-1",
                        passengers)
                .withPrediction(new Prediction(1_500, 3.25));
    }
}
