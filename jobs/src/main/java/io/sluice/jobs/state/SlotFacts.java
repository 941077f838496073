package io.sluice.jobs.state;

/**
 * A part of what happened in a slot.
 *
 * @param slotStartMillis start of the slot
 * @param instance instance; empty: none in particular
 * @param facts what happened
 */
public record SlotFacts(long slotStartMillis, String instance, CauseFactsState facts) {}
