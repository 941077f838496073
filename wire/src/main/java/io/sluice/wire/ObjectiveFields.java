package io.sluice.wire;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.slo.Indicator;
import io.sluice.core.slo.SloObjective;
import io.sluice.core.slo.SloScope;
import io.sluice.core.slo.SloSelector;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of one objective while a file of them is read. */
final class ObjectiveFields {

    private static final List<String> KEYS =
            List.of(
                    "id",
                    "indicator",
                    "threshold_ms",
                    "target",
                    "period",
                    "tenant",
                    "model",
                    "priority_class",
                    "service_tier",
                    "per");

    private static final Pattern PERIOD = Pattern.compile("(\\d{1,9}) ?(ms|s|m|min|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of(
                    "ms",
                    1L,
                    "s",
                    1_000L,
                    "m",
                    60_000L,
                    "min",
                    60_000L,
                    "h",
                    3_600_000L,
                    "d",
                    86_400_000L);

    private final Set<String> seen = new HashSet<>();
    private @Nullable String id;
    private @Nullable Indicator indicator;
    private double thresholdMillis = Double.NaN;
    private @Nullable Double target;
    private @Nullable Long periodMillis;
    private @Nullable String tenant;
    private @Nullable String model;
    private @Nullable PriorityBand band;
    private @Nullable String serviceTier;
    private SloScope per = SloScope.ALL;

    /**
     * Takes the value at which the parser stands.
     *
     * @throws IllegalArgumentException if the key is unknown or repeated, or the value none for it
     */
    void set(String key, JsonParser parser) throws IOException {
        if (!KEYS.contains(key)) {
            throw new IllegalArgumentException(
                    "unknown key '%s'; known are %s".formatted(key, String.join(", ", KEYS)));
        }
        if (!seen.add(key)) {
            throw new IllegalArgumentException("key '%s' is given twice".formatted(key));
        }
        switch (key) {
            case "id" -> id = text(key, parser);
            case "indicator" -> indicator = constant(Indicator.class, key, parser);
            case "threshold_ms" -> thresholdMillis = number(key, parser);
            case "target" -> target = number(key, parser);
            case "period" -> periodMillis = period(text(key, parser));
            case "tenant" -> tenant = text(key, parser);
            case "model" -> model = text(key, parser);
            case "priority_class" -> band = Objectives.band(text(key, parser));
            case "service_tier" -> serviceTier = text(key, parser);
            default -> per = constant(SloScope.class, key, parser);
        }
    }

    /**
     * The objective that they come to.
     *
     * @throws IllegalArgumentException if one is missing, or they do not go together
     */
    SloObjective objective() {
        return new SloObjective(
                required("id", id),
                new SloSelector(tenant, model, band, serviceTier),
                per,
                new SloObjective.Promise(required("indicator", indicator), thresholdMillis),
                new SloObjective.Goal(
                        required("target", target), required("period", periodMillis)));
    }

    private static <T> T required(String key, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("key '%s' is missing".formatted(key));
        }
        return value;
    }

    private static String text(String key, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || parser.getText().isBlank()) {
            throw new IllegalArgumentException(
                    "%s = %s must be a text in quotes".formatted(key, parser.getText()));
        }
        return parser.getText();
    }

    private static double number(String key, JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            throw new IllegalArgumentException(
                    "%s = %s must be a number".formatted(key, parser.getText()));
        }
        return parser.getDoubleValue();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String key, JsonParser parser)
            throws IOException {
        String given = text(key, parser);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(given.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s = '%s' must be one of %s"
                                                .formatted(
                                                        key,
                                                        given,
                                                        Arrays.toString(type.getEnumConstants()))));
    }

    private static long period(String text) {
        Matcher matcher = PERIOD.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "period = '%s' must be a whole number with ms, s, m, h or d, such as 30d"
                            .formatted(text));
        }
        return Math.multiplyExact(
                Long.parseLong(matcher.group(1)), MILLIS.getOrDefault(matcher.group(2), 1L));
    }
}
