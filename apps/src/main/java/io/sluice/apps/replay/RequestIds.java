package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceException;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Ids of the requests of one replay, such as {@code azureconv.7.12}: the trace, the seed, and the
 * request's place in the trace. The same replay gives the same ids, so a scheduler that still
 * remembers them drops a second one as duplicates; a run id before them keeps two apart.
 */
public final class RequestIds {

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern UNFIT = Pattern.compile("[^a-z0-9_-]+");
    private static final int LONGEST_NAME = 40;

    private final String prefix;

    private RequestIds(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The ids of a replay.
     *
     * @param trace name of the trace; characters that do not suit an id become dashes
     * @param seed of the replay
     */
    public static RequestIds of(String trace, long seed) {
        return new RequestIds(slug(trace) + "." + seed + ".");
    }

    /**
     * The same ids with a run id before them.
     *
     * @throws TraceException when it has other characters than letters, digits, dash and underscore
     *     or more than 64
     */
    public RequestIds withRunId(String runId) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new TraceException(
                    "run id '%s' must be 1 to 64 letters, digits, dashes or underscores"
                            .formatted(runId));
        }
        return new RequestIds(runId + "." + prefix);
    }

    /** Id of the request at a place in the trace, from 0. */
    public String id(long sequence) {
        return prefix + sequence;
    }

    /** What all ids begin with, for people. */
    @Override
    public String toString() {
        return prefix + "*";
    }

    /** Two long names that begin alike stay apart by a checksum. */
    private static String slug(String trace) {
        String slug = UNFIT.matcher(trace.toLowerCase(Locale.ROOT)).replaceAll("-");
        if (slug.length() <= LONGEST_NAME) {
            return slug.isEmpty() ? "trace" : slug;
        }
        CRC32 checksum = new CRC32();
        checksum.update(trace.getBytes(StandardCharsets.UTF_8));
        return slug.substring(0, LONGEST_NAME - 9) + "-%08x".formatted(checksum.getValue());
    }
}
