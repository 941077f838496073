package io.sluice.jobs.epoch;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Eight bytes for what is one number.
 *
 * @param <T> what the number stands for
 */
final class LongSerializer<T> implements SimpleVersionedSerializer<T> {

    private static final int VERSION = 1;

    private final ToLongFunction<T> toLong;
    private final LongFunction<T> fromLong;

    LongSerializer(ToLongFunction<T> toLong, LongFunction<T> fromLong) {
        this.toLong = toLong;
        this.fromLong = fromLong;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(T value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(toLong.applyAsLong(value)).array();
    }

    @Override
    public T deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION || bytes.length != Long.BYTES) {
            throw new IOException(
                    "cannot read %d bytes of version %d".formatted(bytes.length, version));
        }
        return fromLong.apply(ByteBuffer.wrap(bytes).getLong());
    }
}
