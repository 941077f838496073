package io.sluice.demo.rules;

import io.sluice.jobs.epoch.EpochSource;
import io.sluice.jobs.epoch.EpochSplit;
import io.sluice.jobs.io.SchedulerKafka;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Wrong ways to number the attempts of a job. */
final class Numbering {

    private static final Clock STOPPED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private Numbering() {}

    /**
     * Each attempt's number is one above that of the attempt it was restored from: two attempts
     * that were restored from one checkpoint have the same.
     */
    static Blueprint onlyAboveTheRestored(Blueprint job) {
        return job.epochs(new SchedulerKafka(job.settings()).epochs(STOPPED));
    }

    /** All attempts have the same number: a restored job does not know that it is another one. */
    static Blueprint sameForAll(Blueprint job) {
        return job.epochs(new SameForAll(new SchedulerKafka(job.settings()).epochs(STOPPED)));
    }

    /** Forgets at each restore which number came last. */
    private record SameForAll(EpochSource epochs) implements Source<Long, EpochSplit, Long> {

        @Override
        public Boundedness getBoundedness() {
            return epochs.getBoundedness();
        }

        @Override
        public SourceReader<Long, EpochSplit> createReader(SourceReaderContext context) {
            return epochs.createReader(context);
        }

        @Override
        public SplitEnumerator<EpochSplit, Long> createEnumerator(
                SplitEnumeratorContext<EpochSplit> context) {
            return epochs.createEnumerator(context);
        }

        @Override
        public SplitEnumerator<EpochSplit, Long> restoreEnumerator(
                SplitEnumeratorContext<EpochSplit> context, Long assigned) {
            return epochs.restoreEnumerator(context, assigned);
        }

        @Override
        public SimpleVersionedSerializer<EpochSplit> getSplitSerializer() {
            return new Forgetful(epochs.getSplitSerializer());
        }

        @Override
        public SimpleVersionedSerializer<Long> getEnumeratorCheckpointSerializer() {
            return epochs.getEnumeratorCheckpointSerializer();
        }
    }

    private record Forgetful(SimpleVersionedSerializer<EpochSplit> splits)
            implements SimpleVersionedSerializer<EpochSplit> {

        @Override
        public int getVersion() {
            return splits.getVersion();
        }

        @Override
        public byte[] serialize(EpochSplit split) throws IOException {
            return splits.serialize(split);
        }

        @Override
        public EpochSplit deserialize(int version, byte[] bytes) {
            return new EpochSplit(0);
        }
    }
}
