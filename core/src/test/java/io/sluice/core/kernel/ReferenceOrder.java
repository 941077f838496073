package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;

/**
 * Who precedes whom under each order of the catalogue but those by prefix, written down a second
 * time without keys: two requests are compared as the rule says.
 */
final class ReferenceOrder {

    private final String name;
    private final double overtakeMillis;
    private final int lengthClasses;
    private final int horizon;
    private long now;

    ReferenceOrder(String specification) {
        name = specification.split(":")[0];
        lengthClasses = specification.contains("width=100") ? 3 : 10;
        horizon = specification.contains("horizon=2") ? 2 : 1_000;
        overtakeMillis = specification.contains("max-overtake") ? 2_000 : 0;
    }

    String name() {
        return name;
    }

    int horizon() {
        return horizon;
    }

    void timeIs(long millis) {
        now = millis;
    }

    boolean precedes(PendingRequest a, PendingRequest b) {
        int byRule = overtakeMillis > 0 ? byAge(a, b) : byRule(a, b);
        if (byRule != 0) {
            return byRule < 0;
        }
        if (a.submittedAtMillis() != b.submittedAtMillis()) {
            return a.submittedAtMillis() < b.submittedAtMillis();
        }
        return a.key().requestId().compareTo(b.key().requestId()) < 0;
    }

    private int byRule(PendingRequest a, PendingRequest b) {
        return switch (name) {
            case "fcfs", "lpm", "k-lpm" -> 0;
            case "sjf" -> Long.compare(service(a), service(b));
            case "priority" -> Integer.compare(band(a), band(b));
            case "semantic" -> thenBy(Integer.compare(band(a), band(b)), service(a), service(b));
            case "critical-path" -> byPath(a, b);
            case "edf" ->
                    thenBy(Long.compare(a.deadlineMillis(), b.deadlineMillis()), band(a), band(b));
            case "classification" -> Integer.compare(lengthClass(a), lengthClass(b));
            case "ltr" ->
                    thenBy(
                            Boolean.compare(hasWaited(b), hasWaited(a)),
                            a.maxTokens(),
                            b.maxTokens());
            case "least-slack" -> Double.compare(latestStart(a), latestStart(b));
            case "moore-hodgson" ->
                    thenBy(
                            Long.compare(a.deadlineMillis(), b.deadlineMillis()),
                            service(a),
                            service(b));
            default -> throw new IllegalArgumentException("no reference for " + name);
        };
    }

    /** Two hundred steps of the ten milliseconds that the instance takes for a token. */
    private boolean hasWaited(PendingRequest request) {
        return now - request.submittedAtMillis() >= 200 * 10;
    }

    private int lengthClass(PendingRequest request) {
        int width = lengthClasses == 3 ? 100 : 820;
        return Math.min(lengthClasses - 1, request.maxTokens() / width);
    }

    private static double latestStart(PendingRequest request) {
        return slack(request) + request.submittedAtMillis() - service(request);
    }

    private static int byPath(PendingRequest a, PendingRequest b) {
        int byBand = Integer.compare(band(a), band(b));
        return byBand != 0 ? byBand : thenBy(byWhatWaits(a, b), service(a), service(b));
    }

    private static int byWhatWaits(PendingRequest a, PendingRequest b) {
        return Long.compare(b.criticalPathMillis(), a.criticalPathMillis());
    }

    private static int thenBy(int first, long a, long b) {
        return first != 0 ? first : Long.compare(a, b);
    }

    private int byAge(PendingRequest a, PendingRequest b) {
        int byPlace = Double.compare(place(a), place(b));
        if (byPlace != 0) {
            return byPlace;
        }
        return switch (name) {
            case "semantic" -> Long.compare(service(a), service(b));
            case "critical-path" -> thenBy(byWhatWaits(a, b), service(a), service(b));
            case "edf" -> Integer.compare(band(a), band(b));
            default -> 0;
        };
    }

    private double place(PendingRequest request) {
        double urgency =
                switch (name) {
                    case "fcfs", "lpm", "k-lpm" -> 0;
                    case "sjf" -> Math.min(1, service(request) / 600_000.0);
                    case "priority" -> band(request) / 5.0;
                    case "semantic" ->
                            (band(request) + Math.min(1, service(request) / 600_000.0)) / 6;
                    case "critical-path" ->
                            (band(request) + (600_000 - request.criticalPathMillis()) / 600_000.0)
                                    / 6;
                    case "edf" -> Math.min(1, slack(request) / 3_600_000.0);
                    case "classification" -> lengthClass(request) / 10.0;
                    case "least-slack" ->
                            Math.min(
                                    1,
                                    Math.max(0, slack(request) - service(request)) / 3_600_000.0);
                    default -> throw new IllegalArgumentException("no reference for " + name);
                };
        return request.submittedAtMillis() + overtakeMillis * urgency;
    }

    private static double slack(PendingRequest request) {
        return request.deadlineMillis() == PendingRequest.NEVER
                ? Double.POSITIVE_INFINITY
                : request.deadlineMillis() - request.submittedAtMillis();
    }

    static long service(PendingRequest request) {
        int output = request.maxTokens() == 0 ? 256 : request.maxTokens();
        return request.inputTokens() + 10L * output;
    }

    private static int band(PendingRequest request) {
        return request.priority() < 0 ? 5 : 4 - Math.min(4, request.priority());
    }
}
