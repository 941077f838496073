package io.sluice.demo.rules;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Predicate;

/**
 * A sink without transactions, some of whose records go another way.
 *
 * @param usual where records go
 * @param other where some go instead
 * @param choice which
 */
record Parted<T>(Sink<T> usual, Sink<T> other, Choice<T> choice) implements Sink<T> {

    /** A choice that travels with the job graph. */
    interface Choice<T> extends Predicate<T>, Serializable {}

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer<>(usual.createWriter(context), other.createWriter(context), choice);
    }

    private record Writer<T>(SinkWriter<T> usual, SinkWriter<T> other, Choice<T> choice)
            implements SinkWriter<T> {

        @Override
        public void write(T element, Context context) throws IOException, InterruptedException {
            (choice.test(element) ? other : usual).write(element, context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            usual.flush(endOfInput);
            other.flush(endOfInput);
        }

        @Override
        public void close() throws Exception {
            usual.close();
            other.close();
        }
    }
}
