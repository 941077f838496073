package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEntry;
import io.sluice.core.kernel.PendingStore;
import io.sluice.core.kernel.PendingStoreContract;
import io.sluice.core.model.RequestKey;
import io.sluice.jobs.state.LaneEntryState;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store in keyed state keeps the contract of stores, over a snapshot and restore, and each lane
 * has its own.
 */
abstract class FlinkPendingStoreContract extends PendingStoreContract {

    private final Backend backend;
    private final List<Lanes> opened = new ArrayList<>();

    FlinkPendingStoreContract(Backend backend) {
        this.backend = backend;
    }

    @Override
    protected PendingStore create() throws Exception {
        return open(null).store("gpu-1");
    }

    @Override
    protected PendingStore reread(PendingStore written) throws Exception {
        return open(((StoreOfLane) written).lanes().harness.snapshot()).store("gpu-1");
    }

    @AfterEach
    void close() {
        opened.forEach(lanes -> lanes.harness.close());
    }

    private Lanes open(@Nullable OperatorSubtaskState state) throws Exception {
        Lanes lanes = new Lanes(backend, state);
        opened.add(lanes);
        return lanes;
    }

    @Test
    void eachLaneHasItsOwnEntries() throws Exception {
        Lanes lanes = open(null);
        LaneEntry entry = LaneEntry.waiting(request("a").build(), 1);
        lanes.store("gpu-1").put(entry);

        lanes.store("gpu-2").remove(key("a"));

        assertThat(lanes.store("gpu-2").all()).isEmpty();
        assertThat(lanes.store("gpu-1").get(key("a"))).isEqualTo(entry);
        assertThat(lanes.harness.stateEntries()).isEqualTo(1);
    }

    /** An access to the store of a lane, made while the lane's key is current. */
    private record Access(String lane, Function<PendingStore, @Nullable Object> what) {}

    /** An operator that lets others at its store. */
    private static final class Lanes {

        private final KeyedHarness<Access, Object> harness;
        private @Nullable Object result;

        Lanes(Backend backend, @Nullable OperatorSubtaskState state) throws Exception {
            KeyedHarness.Spec<Access, Object> spec =
                    new KeyedHarness.Spec<>(
                            () -> new AccessFunction(r -> result = r), Access::lane, backend);
            harness =
                    state == null
                            ? KeyedHarness.open(spec)
                            : KeyedHarness.restore(spec, 1, 0, state);
        }

        PendingStore store(String lane) {
            return new StoreOfLane(this, lane);
        }

        @SuppressWarnings("unchecked")
        private <T> @Nullable T access(String lane, Function<PendingStore, @Nullable Object> what) {
            try {
                harness.process(new Access(lane, what));
            } catch (Exception e) {
                throw new IllegalStateException("access to lane %s failed".formatted(lane), e);
            }
            return (T) result;
        }
    }

    /** The store as the lane sees it. */
    private record StoreOfLane(Lanes lanes, String lane) implements PendingStore {
        @Override
        public @Nullable LaneEntry get(RequestKey key) {
            return lanes.access(lane, store -> store.get(key));
        }

        @Override
        public void put(LaneEntry entry) {
            lanes.access(
                    lane,
                    store -> {
                        store.put(entry);
                        return null;
                    });
        }

        @Override
        public void remove(RequestKey key) {
            lanes.access(
                    lane,
                    store -> {
                        store.remove(key);
                        return null;
                    });
        }

        @Override
        public Iterable<LaneEntry> all() {
            return lanes.access(lane, PendingStore::all);
        }
    }

    private static final class AccessFunction extends KeyedProcessFunction<String, Access, Object> {

        private static final long serialVersionUID = 1L;

        private final transient Consumer<@Nullable Object> results;
        private transient PendingStore store;

        AccessFunction(Consumer<@Nullable Object> results) {
            this.results = results;
        }

        @Override
        public void open(OpenContext context) {
            store =
                    new FlinkPendingStore(
                            getRuntimeContext()
                                    .getMapState(
                                            new MapStateDescriptor<>(
                                                    "entries",
                                                    Types.STRING,
                                                    TypeInformation.of(LaneEntryState.class))));
        }

        @Override
        public void processElement(Access access, Context context, Collector<Object> out) {
            results.accept(access.what().apply(store));
        }
    }
}
