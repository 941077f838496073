/** Numbers the attempts of the scheduler job, and tells the workers' log of them. */
@NullMarked
package io.sluice.jobs.epoch;

import org.jspecify.annotations.NullMarked;
