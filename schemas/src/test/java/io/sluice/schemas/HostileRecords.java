package io.sluice.schemas;

import org.apache.avro.specific.SpecificRecord;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * What anybody might write to a topic: noise, records of another kind or under its header, JSON,
 * sound records with any value in every field, and all of these damaged. Made from numbered seeds,
 * so that what a consumer cannot stand can be made again.
 *
 * <p>Each consumer gets {@value #DEFAULT_COUNT} of them for each kind of record, or as many as
 * {@code -Dsluice.fuzz.records} says, from seed {@code -Dsluice.fuzz.first-seed} on.
 */
public final class HostileRecords {

    private static final int DEFAULT_COUNT = 2_000;
    private static final int COUNT = Integer.getInteger("sluice.fuzz.records", DEFAULT_COUNT);
    private static final long FIRST_SEED = Long.getLong("sluice.fuzz.first-seed", 1);

    /** Far above what a record of these sizes takes, far below what a hostile one claims. */
    private static final long MAX_ALLOCATED_BYTES = 8 << 20;

    private static final int MAX_NOISE_BYTES = 200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<Class<? extends SpecificRecord>> TYPES =
            List.copyOf(SchemaSources.recordClasses());

    private HostileRecords() {}

    /** Something that takes whatever is in a topic. */
    public interface Consumer {
        /** Takes the value of a record. */
        void take(byte[] value) throws Exception;
    }

    /**
     * Gives a consumer all of them.
     *
     * @param type what the topic should have in it
     * @throws AssertionError if it throws at one, or allocates as if it believed it
     */
    public static void feed(Class<? extends SpecificRecord> type, Consumer consumer) {
        // What is made and loaded at the first record is no matter of the bytes.
        give(Samples.randomBytes(type, 0), 0, Long.MAX_VALUE, consumer);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            give(record(type, seed), seed, MAX_ALLOCATED_BYTES, consumer);
        }
    }

    private static void give(byte[] value, long seed, long mostBytes, Consumer consumer) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            consumer.take(value.clone());
        } catch (Exception | OutOfMemoryError | StackOverflowError broken) {
            throw new AssertionError("seed %d, %s".formatted(seed, base64(value)), broken);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > mostBytes) {
            throw new AssertionError(
                    "seed %d, %s: %d bytes allocated".formatted(seed, base64(value), allocated));
        }
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }

    private static byte[] record(Class<? extends SpecificRecord> type, long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        return switch (random.nextInt(20)) {
            case 0 -> Damage.noise(random, random.nextInt(MAX_NOISE_BYTES));
            case 1 -> headed(type, seed, Damage.noise(random, random.nextInt(MAX_NOISE_BYTES)));
            case 2 -> Samples.randomBytes(other(random), seed);
            case 3 -> headed(type, seed, body(Samples.randomBytes(other(random), seed)));
            case 4 -> json(random);
            case 5, 6, 7, 8 -> Samples.randomBytes(type, seed);
            default -> damaged(Samples.randomBytes(type, seed), random);
        };
    }

    private static Class<? extends SpecificRecord> other(Random random) {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private static byte[] json(Random random) {
        String text = "{\"type\": \"X\", \"request_id\": \"r%d\"}".formatted(random.nextInt());
        return text.substring(0, 1 + random.nextInt(text.length()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes;
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && damaged.length > 0; i++) {
            Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
            damaged = damage.done(damaged, random);
        }
        return damaged;
    }

    private static byte[] body(byte[] record) {
        return Arrays.copyOfRange(record, SingleObject.HEADER_BYTES, record.length);
    }

    private static byte[] headed(Class<? extends SpecificRecord> type, long seed, byte[] body) {
        int header = SingleObject.HEADER_BYTES;
        byte[] all = Arrays.copyOf(Samples.randomBytes(type, seed), header + body.length);
        System.arraycopy(body, 0, all, header, body.length);
        return all;
    }
}
