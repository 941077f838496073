package io.sluice.schemas;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** What is done to the bytes of a record. */
enum Damage {
    FLIP,
    DELETE,
    INSERT,
    CUT,
    REPEAT,
    HUGE_LENGTH;

    /** The bytes, damaged in one place. */
    byte[] done(byte[] bytes, Random random) {
        int at = position(bytes, random);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (this) {
            case FLIP -> out.write(bytes[at] ^ 1 << random.nextInt(8));
            case INSERT -> out.writeBytes(noise(random, length));
            case REPEAT -> out.write(bytes, at, length);
            case HUGE_LENGTH -> out.writeBytes(hugeLength(random));
            case DELETE, CUT -> {}
        }
        switch (this) {
            case FLIP, HUGE_LENGTH -> out.write(bytes, at + 1, bytes.length - at - 1);
            case DELETE -> out.write(bytes, at + length, bytes.length - at - length);
            case INSERT, REPEAT -> out.write(bytes, at, bytes.length - at);
            case CUT -> {}
        }
        return out.toByteArray();
    }

    /** Mostly in the body: the header has tests of its own. */
    private static int position(byte[] bytes, Random random) {
        int header = SingleObject.HEADER_BYTES;
        if (bytes.length <= header || random.nextInt(20) == 0) {
            return random.nextInt(bytes.length);
        }
        return header + random.nextInt(bytes.length - header);
    }

    static byte[] noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** A number of 28 to 63 bits as Avro writes it: as a length, hundreds of megabytes and more. */
    private static byte[] hugeLength(Random random) {
        int bits = 28 + random.nextInt(36);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = 1L << bits | random.nextInt();
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }
}
