package io.sluice.apps.alerts;

import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertCause;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An alert in the terms of Prometheus: labels that tell which it is, the same whenever it is open
 * again, and annotations that tell how it stands.
 *
 * @param labels sorted by name
 * @param annotations sorted by name
 */
record AlertWords(SortedMap<String, String> labels, SortedMap<String, String> annotations) {

    /** What all alerts about error budgets are called. */
    static final String NAME = "SluiceErrorBudgetBurn";

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final byte SEPARATOR = (byte) 0xff;

    /** The words of an alert. */
    static AlertWords of(Alert alert) {
        return new AlertWords(labelsOf(alert), annotationsOf(alert));
    }

    private static SortedMap<String, String> labelsOf(Alert alert) {
        SloObjective objective = alert.getObjective();
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("alertname", NAME);
        labels.put("severity", alert.getSeverity().name().toLowerCase(Locale.ROOT));
        labels.put("objective", objective.getId());
        labels.put("indicator", objective.getIndicator().name().toLowerCase(Locale.ROOT));
        putIfThere(labels, "tenant", objective.getTenant());
        putIfThere(labels, "model", objective.getModel());
        putIfThere(labels, "priority_class", objective.getPriorityClass());
        putIfThere(labels, "service_tier", objective.getServiceTier());
        putIfThere(labels, labelOf(alert.getScope()), alert.getScopeValue());
        return labels;
    }

    /** By what people route an alert about one value; empty where there is no such value. */
    private static String labelOf(SloScope scope) {
        return switch (scope) {
            case TENANT -> "tenant";
            case MODEL -> "model";
            case PRIORITY -> "priority_class";
            case TIER -> "service_tier";
            case INSTANCE -> "instance_id";
            case ALL, UNKNOWN -> "";
        };
    }

    private static void putIfThere(Map<String, String> words, String name, @Nullable String value) {
        if (value != null && !value.isEmpty() && !name.isEmpty()) {
            words.put(name, value);
        }
    }

    private static SortedMap<String, String> annotationsOf(Alert alert) {
        SortedMap<String, String> words = new TreeMap<>();
        words.put("alert_id", alert.getAlertId());
        words.put("summary", alert.getMessage());
        words.put(
                "description",
                "Burn rate above %s over both windows: %s, and %s. Target %s of %s; error budget left: %s."
                        .formatted(
                                number(alert.getFactor()),
                                burn(alert.getLongWindow()),
                                burn(alert.getShortWindow()),
                                percent(alert.getObjective().getTarget()),
                                time(alert.getObjective().getPeriodMs()),
                                percent(alert.getBudgetLeft())));
        putIfThere(
                words,
                "causes",
                alert.getCauses().stream()
                        .map(AlertWords::cause)
                        .collect(Collectors.joining("; ")));
        return words;
    }

    private static String cause(AlertCause cause) {
        String where = cause.getInstanceId() == null ? "" : " " + cause.getInstanceId();
        return "%s%s since %s: %s"
                .formatted(cause.getKind(), where, cause.getSince(), cause.getDetail());
    }

    private static String burn(BurnRate burn) {
        return "%s over %s (%d of %d requests missed)"
                .formatted(
                        number(burn.getBurnRate()),
                        time(burn.getWindowMs()),
                        burn.getBad(),
                        burn.getGood() + burn.getBad());
    }

    private static String percent(double share) {
        return number(100 * share) + " %";
    }

    /** To a hundredth, without zeros that say nothing. */
    private static String number(double value) {
        String text = "%.2f".formatted(value);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static String time(long millis) {
        Duration time = Duration.ofMillis(millis);
        if (time.toDaysPart() > 0 && time.equals(Duration.ofDays(time.toDays()))) {
            return time.toDays() + " d";
        }
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /**
     * The number by which Prometheus and Alertmanager know a set of labels: 64 bits of FNV-1a over
     * names and values, each followed by a byte that is in no text; 16 hexadecimal digits.
     */
    String fingerprint() {
        long hash = FNV_OFFSET;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            hash = mixed(mixed(hash, label.getKey()), label.getValue());
        }
        return "%016x".formatted(hash);
    }

    private static long mixed(long hash, String text) {
        long mixed = hash;
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            mixed = (mixed ^ (next & 0xff)) * FNV_PRIME;
        }
        return (mixed ^ (SEPARATOR & 0xff)) * FNV_PRIME;
    }
}
