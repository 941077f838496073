/**
 * Proof that the Flink operator and the simulator's driver are one scheduler: a trace of everything
 * that reaches the lanes of a busy fleet is fed to both, and what they decide is compared line by
 * line.
 */
package io.sluice.jobs.differential;
