package io.sluice.jobs.state;

import java.util.List;

/**
 * The causes there are from the end of a slot on, until others are told.
 *
 * @param atMillis end of the slot
 * @param causes in the order of their beginning
 */
public record CausesAt(long atMillis, List<CauseState> causes) {}
