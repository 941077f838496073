package io.sluice.jobs.testing;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * One keyed operator with hand-set clocks. The only place that touches Flink's harness, which is
 * not public API.
 *
 * @param <I> input
 * @param <O> output
 */
public final class KeyedHarness<I, O> implements AutoCloseable {

    private static final int MAX_PARALLELISM = 720;

    private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;

    /**
     * How to make the operator.
     *
     * @param function makes the function under test
     * @param key key of an input
     * @param backend state backend
     * @param <I> input
     * @param <O> output
     */
    public record Spec<I, O>(
            Supplier<KeyedProcessFunction<String, I, O>> function,
            KeySelector<I, String> key,
            Backend backend) {}

    private KeyedHarness(Spec<I, O> spec, int parallelism, int subtask) throws Exception {
        this.harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(spec.function().get()),
                        spec.key(),
                        Types.STRING,
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.setStateBackend(spec.backend().create());
        harness.getExecutionConfig()
                .getSerializerConfig()
                .configure(strict(), getClass().getClassLoader());
        harness.setup();
    }

    /** A started operator without state. */
    public static <I, O> KeyedHarness<I, O> open(Spec<I, O> spec) throws Exception {
        KeyedHarness<I, O> harness = new KeyedHarness<>(spec, 1, 0);
        harness.harness.open();
        return harness;
    }

    /** One of several started subtasks, with its share of the state of another set of subtasks. */
    public static <I, O> KeyedHarness<I, O> restore(
            Spec<I, O> spec, int parallelism, int subtask, OperatorSubtaskState... snapshots)
            throws Exception {
        OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(snapshots);
        OperatorSubtaskState own =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        all, MAX_PARALLELISM, snapshots.length, parallelism, subtask);
        KeyedHarness<I, O> harness = new KeyedHarness<>(spec, parallelism, subtask);
        harness.harness.initializeState(own);
        harness.harness.open();
        return harness;
    }

    /** Sends an input. */
    public void process(I input) throws Exception {
        harness.processElement(new StreamRecord<>(input));
    }

    /** Moves log time forward. */
    public void watermark(long millis) throws Exception {
        harness.processWatermark(millis);
    }

    /** Moves the clock of the job forward. */
    public void clock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    /** Takes a checkpoint. */
    public OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    /** Outputs since the last call. */
    public List<O> drain() {
        List<O> outputs = harness.extractOutputValues();
        harness.getOutput().clear();
        return outputs;
    }

    /** Side outputs so far. */
    public <T> List<T> side(OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        return (records == null ? new ArrayDeque<StreamRecord<T>>() : records)
                .stream().map(StreamRecord::getValue).toList();
    }

    /** Entries in keyed state. */
    public int stateEntries() throws Exception {
        KeyedStateBackend<String> backend =
                ((AbstractStreamOperator<O>) harness.getOneInputOperator()).getKeyedStateBackend();
        return backend instanceof RocksDBKeyedStateBackend<?> rocksDb
                ? rocksDb.numKeyValueStateEntries()
                : harness.numKeyedStateEntries();
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

    static Configuration strict() {
        Configuration strict = new Configuration();
        strict.set(PipelineOptions.GENERIC_TYPES, false);
        return strict;
    }
}
