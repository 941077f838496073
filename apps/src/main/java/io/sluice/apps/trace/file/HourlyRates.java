package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceException;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Requests per hour over days, of a BurstGPT file: a trace, whose rows are counted, or the hourly
 * aggregate published of it ({@code time_bin} in seconds from midnight of day 1, {@code avg_turns}
 * times {@code session_count} requests). Hours without traffic are zero; those before the first are
 * left out.
 */
public final class HourlyRates {

    private static final int HOUR_SECONDS = 3600;
    private static final int MOST_HOURS = 24 * 366 * 10;

    private static final String AGGREGATE =
            "SELECT CAST(time_bin AS BIGINT), CAST(avg_turns * session_count AS DOUBLE)"
                    + " FROM read_csv(%s, header = true) ORDER BY 1";

    private static final String ROWS_OF_A_TRACE =
            "SELECT CAST(floor(\"Timestamp\" / 3600) AS BIGINT) * 3600, CAST(count(*) AS DOUBLE)"
                    + " FROM read_csv(%s, header = true) GROUP BY 1 ORDER BY 1";

    private HourlyRates() {}

    /**
     * Requests in each hour, from the first with traffic to the last.
     *
     * @throws TraceException when the file cannot be read or is neither
     */
    public static double[] read(Path file) {
        boolean trace = TraceProbe.of(file).firstLine().contains("Timestamp");
        String sql =
                (trace ? ROWS_OF_A_TRACE : AGGREGATE)
                        .formatted(TraceQuery.literal(file.toString()));
        try (TraceDatabase database = new TraceDatabase();
                ResultSet rows = database.stream(sql)) {
            double[] hours = new double[0];
            while (rows.next()) {
                hours = put(file, hours, rows.getLong(1), rows.getDouble(2));
            }
            if (Arrays.stream(hours).sum() <= 0) {
                throw new TraceException("arrival envelope " + file + " holds no traffic");
            }
            double[] all = hours;
            return Arrays.stream(all).dropWhile(requests -> requests == 0).toArray();
        } catch (SQLException e) {
            throw new TraceException(
                    "arrival envelope %s cannot be read (time_bin, avg_turns, session_count expected, or the Timestamp of a BurstGPT trace): %s"
                            .formatted(file, TraceDatabase.firstLine(e)),
                    e);
        }
    }

    private static double[] put(Path file, double[] hours, long second, double requests) {
        long hour = second / HOUR_SECONDS;
        if (second % HOUR_SECONDS != 0 || hour < 0 || hour >= MOST_HOURS || !(requests >= 0)) {
            throw new TraceException(
                    "arrival envelope %s: time_bin %d with %s requests is not an hour's traffic"
                            .formatted(file, second, requests));
        }
        double[] longer = Arrays.copyOf(hours, (int) Math.max(hours.length, hour + 1));
        longer[(int) hour] += requests;
        return longer;
    }
}
