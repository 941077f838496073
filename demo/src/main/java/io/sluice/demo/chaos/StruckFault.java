package io.sluice.demo.chaos;

import org.jspecify.annotations.Nullable;

/**
 * A fault that was injected.
 *
 * @param target what it struck
 * @param recovery from the fault to the dispatch that says it was overcome; null if none is awaited
 */
record StruckFault(PlannedFault planned, String target, @Nullable Stopwatch recovery) {

    /** In words, for the console. */
    String words() {
        String words =
                "%s of %s at %.1f s for %.1f s"
                        .formatted(
                                planned.kind().title(),
                                target,
                                planned.at().toMillis() / 1e3,
                                planned.lasting().toMillis() / 1e3);
        if (recovery == null) {
            return words;
        }
        return recovery.seconds().isPresent()
                ? "%s, overcome after %.1f s".formatted(words, recovery.seconds().getAsDouble())
                : words + ", disturbed no dispatch";
    }
}
