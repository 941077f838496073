package io.sluice.jobs.state;

/**
 * What was said last about an objective.
 *
 * @param objective the objective
 * @param fromFile whether the options of the job say so, and the control topic nothing
 * @param removed whether the control topic has removed it although the options name it
 */
public record ObjectiveInForce(SloObjectiveState objective, boolean fromFile, boolean removed) {}
