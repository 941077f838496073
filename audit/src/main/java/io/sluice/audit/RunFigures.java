package io.sluice.audit;

import java.util.Map;

/**
 * What was run.
 *
 * @param accepted runs that workers accepted
 * @param completed runs that workers report complete
 * @param wasted runs that were accepted and are not what the outcome of their request names, by how
 *     they and their request ended, such as {@code completed/EvictedContextCancelled} for one that
 *     its client had called off; {@code unreported}: their worker said no more of them; {@code
 *     open}: the request has no outcome yet
 * @param dispatched runs that were sent to a worker
 * @param repeatedCommands commands that send a run once more, which its worker has to recognise
 */
public record RunFigures(
        long accepted,
        long completed,
        Map<String, Long> wasted,
        long dispatched,
        long repeatedCommands) {

    /** Copies the map. */
    public RunFigures {
        wasted = Map.copyOf(wasted);
    }
}
