package io.sluice.jobs.testing;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * One subtask of an operator with a keyed and a broadcast input, and a hand-set clock.
 *
 * @param <I> keyed input
 * @param <B> broadcast input
 * @param <O> output
 */
public final class BroadcastHarness<I, B, O> implements AutoCloseable {

    static final int MAX_PARALLELISM = 720;

    private final KeyedBroadcastOperatorTestHarness<String, I, B, O> harness;
    private long nextCheckpoint = 1;

    /**
     * How to make the operator.
     *
     * @param function makes the function under test
     * @param key key of an input
     * @param broadcastState state that the broadcast side declares
     * @param backend state backend
     * @param <I> keyed input
     * @param <B> broadcast input
     * @param <O> output
     */
    public record Spec<I, B, O>(
            Supplier<KeyedBroadcastProcessFunction<String, I, B, O>> function,
            KeySelector<I, String> key,
            MapStateDescriptor<?, ?> broadcastState,
            Backend backend) {}

    private BroadcastHarness(Spec<I, B, O> spec, int parallelism, int subtask) throws Exception {
        harness =
                new KeyedBroadcastOperatorTestHarness<>(
                        new CoBroadcastWithKeyedOperator<>(
                                spec.function().get(), List.of(spec.broadcastState())),
                        spec.key(),
                        Types.STRING,
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.setStateBackend(spec.backend().create());
        harness.getExecutionConfig()
                .getSerializerConfig()
                .configure(KeyedHarness.strict(), getClass().getClassLoader());
        harness.setup();
    }

    /** A started operator without state. */
    public static <I, B, O> BroadcastHarness<I, B, O> open(Spec<I, B, O> spec) throws Exception {
        BroadcastHarness<I, B, O> harness = new BroadcastHarness<>(spec, 1, 0);
        harness.harness.open();
        return harness;
    }

    /** One of several started subtasks, with its share of the state of another set of subtasks. */
    public static <I, B, O> BroadcastHarness<I, B, O> restore(
            Spec<I, B, O> spec, int parallelism, int subtask, OperatorSubtaskState... snapshots)
            throws Exception {
        OperatorSubtaskState own =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        AbstractStreamOperatorTestHarness.repackageState(snapshots),
                        MAX_PARALLELISM,
                        snapshots.length,
                        parallelism,
                        subtask);
        BroadcastHarness<I, B, O> harness = new BroadcastHarness<>(spec, parallelism, subtask);
        harness.harness.initializeState(own);
        harness.harness.open();
        return harness;
    }

    /** Sends a keyed input. */
    public void process(I input) throws Exception {
        harness.processElement(new StreamRecord<>(input));
    }

    /** Sends a broadcast input. */
    public void broadcast(B input) throws Exception {
        harness.processBroadcastElement(new StreamRecord<>(input));
    }

    /** Moves the clock of the job forward. */
    public void clock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    /** Moves log time forward, on both inputs. */
    public void watermark(long millis) throws Exception {
        harness.processBroadcastWatermark(new Watermark(millis));
        harness.processWatermark(new Watermark(millis));
    }

    /** Takes a checkpoint. */
    public OperatorSubtaskState snapshot() throws Exception {
        long id = nextCheckpoint++;
        return harness.snapshot(id, id);
    }

    /** Outputs since the last call. */
    public List<O> drain() {
        List<O> outputs = harness.extractOutputValues();
        harness.getOutput().clear();
        return outputs;
    }

    /** Side outputs since the last call. */
    public <T> List<T> drain(OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        List<T> values =
                (records == null ? new ArrayDeque<StreamRecord<T>>() : records)
                        .stream().map(StreamRecord::getValue).toList();
        if (records != null) {
            records.clear();
        }
        return values;
    }

    /** Entries in keyed state. */
    public int stateEntries() throws Exception {
        KeyedStateBackend<String> backend =
                ((AbstractStreamOperator<O>) harness.getTwoInputOperator()).getKeyedStateBackend();
        return backend instanceof RocksDBKeyedStateBackend<?> rocksDb
                ? rocksDb.numKeyValueStateEntries()
                : ((HeapKeyedStateBackend<?>) backend).numKeyValueStateEntries();
    }

    /** Registered timers of both clocks. */
    public int timers() {
        return harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("the operator did not close", e);
        }
    }
}
