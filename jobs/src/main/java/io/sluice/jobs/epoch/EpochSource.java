package io.sluice.jobs.epoch;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.time.Clock;

/**
 * Numbers the attempts of the job: each start of the source emits one number, the larger of the
 * restored one plus one and the wall clock in milliseconds, so that numbers grow even when a job
 * starts without state. To be run at parallelism 1.
 */
public final class EpochSource implements Source<Long, EpochSplit, Long> {

    private static final long serialVersionUID = 1L;

    private final Clock clock;
    private final TickPublisher.Factory publisher;

    /**
     * Creates the source.
     *
     * @param clock wall clock; serialisable
     * @param publisher where ticks go
     */
    public EpochSource(Clock clock, TickPublisher.Factory publisher) {
        this.clock = clock;
        this.publisher = publisher;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Long, EpochSplit> createReader(SourceReaderContext context) {
        return new EpochReader(clock, publisher);
    }

    @Override
    public SplitEnumerator<EpochSplit, Long> createEnumerator(
            SplitEnumeratorContext<EpochSplit> context) {
        return new EpochEnumerator(context, false);
    }

    @Override
    public SplitEnumerator<EpochSplit, Long> restoreEnumerator(
            SplitEnumeratorContext<EpochSplit> context, Long assigned) {
        return new EpochEnumerator(context, assigned == 1);
    }

    @Override
    public SimpleVersionedSerializer<EpochSplit> getSplitSerializer() {
        return new LongSerializer<>(EpochSplit::epoch, EpochSplit::new);
    }

    @Override
    public SimpleVersionedSerializer<Long> getEnumeratorCheckpointSerializer() {
        return new LongSerializer<>(Long::longValue, Long::valueOf);
    }
}
