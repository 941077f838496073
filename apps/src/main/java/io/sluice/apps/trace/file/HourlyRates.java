package io.sluice.apps.trace.file;

import io.sluice.apps.trace.TraceException;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Requests per hour over days: the aggregate published for BurstGPT ({@code time_bin} in seconds
 * from midnight of day 1, {@code avg_turns} times {@code session_count} requests). Hours without
 * traffic are absent from the file and zero here.
 */
public final class HourlyRates {

    private static final int HOUR_SECONDS = 3600;
    private static final int MOST_HOURS = 24 * 366 * 10;

    private HourlyRates() {}

    /**
     * Requests in each hour, from hour 0 to the last with traffic.
     *
     * @throws TraceException when the file cannot be read or is not such an aggregate
     */
    public static double[] read(Path file) {
        TraceProbe.of(file);
        String sql =
                "SELECT CAST(time_bin AS BIGINT), CAST(avg_turns * session_count AS DOUBLE) FROM read_csv(%s, header = true) ORDER BY 1"
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
            return hours;
        } catch (SQLException e) {
            throw new TraceException(
                    "arrival envelope %s cannot be read (time_bin, avg_turns, session_count expected): %s"
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
