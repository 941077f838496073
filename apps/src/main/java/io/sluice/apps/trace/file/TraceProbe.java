package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * What the first bytes of a file say, never its name.
 *
 * @param container how rows are packed
 * @param gzip whether the file is compressed
 * @param firstLineNumber line of the first text that is not blank: the header of a CSV file
 * @param firstLine that line, without its end; empty for Parquet
 */
record TraceProbe(Container container, boolean gzip, long firstLineNumber, String firstLine) {

    private static final int PROBED_BYTES = 1 << 16;
    private static final int MAGIC_BYTES = 4;

    /**
     * Looks at a file; {@link TraceException} when it is missing, unreadable, empty or of a kind we
     * do not read.
     */
    static TraceProbe of(Path file) {
        requireReadable(file);
        try (InputStream raw = Files.newInputStream(file)) {
            byte[] magic = raw.readNBytes(MAGIC_BYTES);
            refuseUnsupported(file, magic);
            if (startsWith(magic, 'P', 'A', 'R', '1')) {
                return new TraceProbe(Container.PARQUET, false, 0, "");
            }
            boolean gzip = startsWith(magic, 0x1f, 0x8b);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), raw);
            return ofText(file, gzip, gzip ? new GZIPInputStream(whole) : whole);
        } catch (IOException e) {
            throw new TraceException("trace " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The file from its start, decompressed. */
    InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        return gzip ? new GZIPInputStream(raw) : raw;
    }

    private static void requireReadable(Path file) {
        if (!Files.exists(file)) {
            throw new TraceException("trace " + file + " does not exist; check the path");
        }
        if (Files.isDirectory(file)) {
            throw new TraceException("trace " + file + " is a directory; name one file in it");
        }
        if (!Files.isReadable(file)) {
            throw new TraceException("trace " + file + " may not be read; check its permissions");
        }
    }

    private static void refuseUnsupported(Path file, byte[] magic) {
        String kind = null;
        if (startsWith(magic, 'P', 'K')) {
            kind = "a zip archive";
        } else if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
            kind = "compressed with zstd";
        } else if (startsWith(magic, 'B', 'Z', 'h')) {
            kind = "compressed with bzip2";
        } else if (startsWith(magic, 0xfd, '7', 'z', 'X')) {
            kind = "compressed with xz";
        } else if (startsWith(magic, 0xff, 0xfe) || startsWith(magic, 0xfe, 0xff)) {
            kind = "UTF-16 text";
        }
        if (kind != null) {
            throw new TraceException(
                    "trace "
                            + file
                            + " is "
                            + kind
                            + "; give CSV or JSON in UTF-8, plain or gzip, or Parquet");
        }
    }

    private static TraceProbe ofText(Path file, boolean gzip, InputStream in) throws IOException {
        String start = new String(in.readNBytes(PROBED_BYTES), StandardCharsets.UTF_8);
        if (start.startsWith("\uFEFF")) {
            start = start.substring(1);
        }
        if (start.startsWith("PAR1")) {
            throw new TraceException("trace " + file + " is Parquet inside gzip; unpack it first");
        }
        if (start.isBlank()) {
            throw new TraceException("trace " + file + " is empty: it holds no requests");
        }
        String[] lines = start.split("\r\n|\n|\r", -1);
        int first = 0;
        while (lines[first].isBlank()) {
            first++;
        }
        return new TraceProbe(containerOf(lines[first]), gzip, first + 1L, lines[first]);
    }

    private static Container containerOf(String line) {
        return switch (line.stripLeading().charAt(0)) {
            case '[' -> Container.JSON_ARRAY;
            case '{' -> Container.JSON_LINES;
            default -> Container.CSV;
        };
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
