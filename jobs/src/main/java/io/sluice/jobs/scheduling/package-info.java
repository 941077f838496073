/**
 * The scheduler job's operators: thin adapters between Flink and the state machines of the kernel.
 */
@NullMarked
package io.sluice.jobs.scheduling;

import org.jspecify.annotations.NullMarked;
