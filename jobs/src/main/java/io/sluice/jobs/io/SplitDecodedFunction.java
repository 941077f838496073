package io.sluice.jobs.io;

import io.sluice.jobs.metrics.JobMetric;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The first function behind a source: values go on, failures go to the side output {@link
 * #DEAD_LETTERS} and are counted.
 *
 * @param <T> the value
 */
public final class SplitDecodedFunction<T> extends ProcessFunction<Decoded<T>, T>
        implements ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    /** Where dead letters go, in every operator of every job. */
    public static final OutputTag<DeadLetterRecord> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetterRecord.class));

    private final TypeInformation<T> type;
    private transient Counter undecodable;

    /** Splits a stream of values of the given type. */
    public SplitDecodedFunction(TypeInformation<T> type) {
        this.type = type;
    }

    @Override
    public void open(OpenContext context) {
        undecodable = JobMetric.DEAD_LETTERS.counter(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Decoded<T> decoded, Context context, Collector<T> out) {
        if (decoded.value() != null) {
            out.collect(decoded.value());
            return;
        }
        undecodable.inc();
        long now = context.timerService().currentProcessingTime();
        context.output(
                DEAD_LETTERS,
                new DeadLetterRecord(decoded.position(), decoded.raw(), decoded.failure(), now));
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}
