package io.sluice.demo.rules;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.UnaryOperator;

/**
 * A sink without transactions that writes something else than it is given.
 *
 * @param sink writes it
 * @param change what is written instead
 */
record Rewritten<T>(Sink<T> sink, Change<T> change) implements Sink<T> {

    /** A change that travels with the job graph. */
    interface Change<T> extends UnaryOperator<T>, Serializable {}

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer<>(sink.createWriter(context), change);
    }

    private record Writer<T>(SinkWriter<T> writer, Change<T> change) implements SinkWriter<T> {

        @Override
        public void write(T element, Context context) throws IOException, InterruptedException {
            writer.write(change.apply(element), context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            writer.flush(endOfInput);
        }

        @Override
        public void close() throws Exception {
            writer.close();
        }
    }
}
