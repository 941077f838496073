/**
 * One GPU that works on one request at a time: the setting in which the "semantic scheduling" study
 * (arXiv 2506.12204) began, and in which its first results were published.
 *
 * <ul>
 *   <li>{@link io.sluice.sim.sequential.StudySequential}: the study's own rules, its defects
 *       included, so that its published numbers come out to the last digit.
 *   <li>{@link io.sluice.sim.sequential.CorrectedSequential}: the same aim without the defects.
 *   <li>{@link io.sluice.sim.sequential.ReferenceSequential}: orders that never preempt.
 * </ul>
 *
 * <p>All take the same requests and give a {@link io.sluice.sim.sequential.SequentialResult}.
 */
@NullMarked
package io.sluice.sim.sequential;

import org.jspecify.annotations.NullMarked;
