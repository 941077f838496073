package io.sluice.demo.view;

import io.sluice.core.latency.SloCounts;
import io.sluice.core.model.PriorityBand;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A snapshot in words: a block of lines for a screen, or one line for a log. */
final class LiveLines {

    private LiveLines() {}

    /**
     * The lines of a screen.
     *
     * @param expected requests that the run will have, or 0 while unknown
     */
    static List<String> block(LiveSnapshot now, LiveRates rates, double seconds, long expected) {
        return List.of(
                format(
                        "requests   %s submitted, %.1f/s; %d settled, %.1f/s   (%.0f s)",
                        progress(now, expected),
                        rates.submittedPerSecond(),
                        now.settled(),
                        rates.settledPerSecond(),
                        seconds),
                format("queue      %s   in flight %d", queue(now), now.inFlight()),
                format(
                        "TTFT       p50 %s ms, p99 %s ms",
                        millis(now.ttftP50Millis()), millis(now.ttftP99Millis())),
                "SLO met    " + attainment(now),
                "outcomes   " + outcomes(now));
    }

    /** One line with the same content. */
    static String line(LiveSnapshot now, LiveRates rates, double seconds, long expected) {
        return format(
                "[%3.0f s] %s submitted, %.1f/s; queue %s; in flight %d; TTFT p50 %s p99 %s ms; SLO met %s; %s",
                seconds,
                progress(now, expected),
                rates.submittedPerSecond(),
                queue(now),
                now.inFlight(),
                millis(now.ttftP50Millis()),
                millis(now.ttftP99Millis()),
                percent(now.sloOfAll()),
                outcomes(now));
    }

    private static String progress(LiveSnapshot now, long expected) {
        return expected > 0 ? now.submitted() + "/" + expected : Long.toString(now.submitted());
    }

    private static String queue(LiveSnapshot now) {
        String classes =
                now.queued().entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getKey().label() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return classes.isEmpty() ? "empty" : classes;
    }

    private static String attainment(LiveSnapshot now) {
        StringBuilder text = new StringBuilder("all " + percent(now.sloOfAll()));
        for (Map.Entry<PriorityBand, SloCounts> entry : now.slo().entrySet()) {
            text.append(", ").append(entry.getKey().label()).append(' ');
            text.append(percent(entry.getValue()));
        }
        return text.toString();
    }

    private static String outcomes(LiveSnapshot now) {
        String each =
                now.outcomes().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return each.isEmpty() ? "no outcomes yet" : each;
    }

    private static String percent(SloCounts counts) {
        OptionalDouble share = counts.attainment();
        return share.isEmpty() ? "-" : format("%.1f %%", 100 * share.getAsDouble());
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "-" : format("%.0f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
