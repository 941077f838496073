package io.sluice.schemas;

import org.apache.avro.specific.SpecificRecord;

import com.sun.management.ThreadMXBean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is done to the bytes of a record, decoding returns or throws a DecodeException. */
class HostileBytesTest {
    /**
     * Far above what an honest record of these sizes takes, far below what a hostile one claims.
     */
    private static final long MAX_ALLOCATED_BYTES = 1 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Map<Class<?>, AvroCodec<?>> CODECS =
            SchemaSources.recordClasses().stream()
                    .collect(Collectors.toMap(Function.identity(), HostileBytesTest::warmedUp));

    /** A record and how its bytes are damaged. */
    record Case(Class<? extends SpecificRecord> type, long seed, Damage damage, int times) {}

    @Property(tries = 2000)
    void undamagedBytesSurviveARoundTrip(@ForAll("cases") Case given) throws DecodeException {
        AvroCodec<SpecificRecord> codec = codec(given);
        SpecificRecord read = codec.decode(Samples.randomBytes(given.type(), given.seed()));
        byte[] written = codec.encode(read);
        assertThat(codec.decode(written)).isEqualTo(read);
    }

    @Property(tries = 10_000)
    void damagedBytesDecodeOrAreRefusedWithinBounds(@ForAll("cases") Case given) {
        AvroCodec<SpecificRecord> codec = codec(given);
        byte[] bytes = damaged(given);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Optional<SpecificRecord> read = decode(codec, bytes);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(MAX_ALLOCATED_BYTES);
        read.ifPresent(
                record -> {
                    // Not the records: damage may make a number a NaN, and the generated equals
                    // compares numbers by ==, by which no NaN is like itself.
                    byte[] written = codec.encode(record);
                    assertThat(decode(codec, written).map(codec::encode)).hasValue(written);
                    assertThat(JsonLines.render(record)).startsWith("{").doesNotContain("\n");
                });
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of(SchemaSources.recordClasses()),
                        Arbitraries.longs(),
                        Arbitraries.of(Damage.class),
                        Arbitraries.integers().between(1, 4))
                .as(Case::new);
    }

    private static Optional<SpecificRecord> decode(AvroCodec<SpecificRecord> codec, byte[] bytes) {
        try {
            return Optional.of(codec.decode(bytes));
        } catch (DecodeException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private static byte[] damaged(Case given) {
        Random random = new Random(given.seed());
        byte[] bytes = Samples.randomBytes(given.type(), given.seed());
        for (int i = 0; i < given.times() && bytes.length > 0; i++) {
            bytes = given.damage().done(bytes, random);
        }
        return bytes;
    }

    /**
     * A codec builds its readers and loads classes on first use, which is no matter of the bytes.
     */
    private static <T extends SpecificRecord> AvroCodec<T> warmedUp(Class<T> record) {
        AvroCodec<T> codec = AvroCodec.of(record);
        byte[] honest = Samples.randomBytes(record, 0);
        for (int length = 0; length <= honest.length; length++) {
            try {
                codec.decode(Arrays.copyOf(honest, length));
            } catch (DecodeException expected) {
                assertThat(length).isLessThan(honest.length);
            }
        }
        return codec;
    }

    @SuppressWarnings("unchecked")
    private static AvroCodec<SpecificRecord> codec(Case given) {
        return (AvroCodec<SpecificRecord>) CODECS.get(given.type());
    }
}
