package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.file.FormatSpec.ArrivalColumn;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a trace file is, as found out from its content.
 *
 * @param file where it is
 * @param probe how it is packed
 * @param names its columns, or the keys of its first object
 * @param format what its names mean
 * @param arrival where its times are; null when it has none
 */
record TraceLayout(
        Path file,
        TraceProbe probe,
        List<String> names,
        TraceFormat format,
        @Nullable ArrivalColumn arrival) {

    private static final int SHOWN_NAMES = 12;

    /**
     * Finds out what a file is; {@link TraceException} when that fails or it lacks what the wanted
     * format needs.
     */
    static TraceLayout of(Path file, Optional<TraceFormat> wanted, TraceDatabase database) {
        TraceProbe probe = TraceProbe.of(file);
        List<String> names = names(file, probe, database);
        TraceFormat format = wanted.orElseGet(() -> detect(file, names));
        List<String> missing = format.spec().missing(names);
        if (!missing.isEmpty()) {
            throw new TraceException(
                    "trace %s is not of format %s: it has no %s, but %s"
                            .formatted(
                                    file, format.id(), String.join(", ", missing), shown(names)));
        }
        return new TraceLayout(file, probe, names, format, format.spec().arrivalAmong(names));
    }

    private static List<String> names(Path file, TraceProbe probe, TraceDatabase database) {
        try {
            return database.strings(TraceQuery.names(file, probe));
        } catch (SQLException e) {
            throw new TraceException(
                    "trace " + file + " cannot be read: " + TraceDatabase.firstLine(e), e);
        }
    }

    private static TraceFormat detect(Path file, List<String> names) {
        return TraceFormat.detect(names)
                .orElseThrow(
                        () ->
                                new TraceException(
                                        "cannot tell what trace %s is: it has %s; name its format: %s"
                                                .formatted(
                                                        file,
                                                        shown(names),
                                                        TraceFormat.choices())));
    }

    private static String shown(List<String> names) {
        if (names.isEmpty()) {
            return "no columns and no JSON objects";
        }
        String list = String.join(", ", names.subList(0, Math.min(SHOWN_NAMES, names.size())));
        return "the columns " + (names.size() > SHOWN_NAMES ? list + ", ..." : list);
    }
}
