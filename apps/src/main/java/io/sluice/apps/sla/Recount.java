package io.sluice.apps.sla;

import io.sluice.core.latency.SlaScope;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Outcomes by the groups they count in. */
final class Recount {

    private final Map<SlaScope, Map<String, List<CountedOutcome>>> groups =
            new EnumMap<>(SlaScope.class);

    Recount(List<CountedOutcome> counted) {
        for (CountedOutcome outcome : counted) {
            for (SlaScope scope : SlaScope.values()) {
                scope.valueOf(outcome.labels())
                        .ifPresent(value -> group(scope, value).add(outcome));
            }
        }
    }

    /** All windows of a length that hold something and lie in a stretch of time. */
    Map<WindowKey, List<CountedOutcome>> windows(long lengthMillis, TimeRange range) {
        Map<WindowKey, List<CountedOutcome>> windows = new HashMap<>();
        for (Map.Entry<SlaScope, Map<String, List<CountedOutcome>>> scope : groups.entrySet()) {
            for (Map.Entry<String, List<CountedOutcome>> group : scope.getValue().entrySet()) {
                for (CountedOutcome outcome : group.getValue()) {
                    long start = Math.floorDiv(outcome.appendedMillis(), lengthMillis);
                    WindowKey key =
                            new WindowKey(
                                    lengthMillis,
                                    start * lengthMillis,
                                    scope.getKey(),
                                    group.getKey());
                    if (range.holds(key)) {
                        windows.computeIfAbsent(key, none -> new ArrayList<>()).add(outcome);
                    }
                }
            }
        }
        return windows;
    }

    private List<CountedOutcome> group(SlaScope scope, String value) {
        return groups.computeIfAbsent(scope, none -> new HashMap<>())
                .computeIfAbsent(value, none -> new ArrayList<>());
    }
}
