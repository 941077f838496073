/** Fixtures of the job tests: operators on a hand-set clock, and sources and sinks in memory. */
package io.sluice.jobs.testing;
