package io.sluice.jobs.flow;

import io.sluice.jobs.state.PolicyInForce;

/**
 * What every subtask of the router and of the lanes must know: sent when a job attempt begins, and
 * again when other policies are chosen.
 *
 * @param epoch number of the job attempt
 * @param policies the policies in force
 */
public record JobNotice(long epoch, PolicyInForce policies) {}
