/**
 * The state machines: a request's life ({@code RequestRouter}) and an instance's lane ({@code
 * InstanceScheduler}). Pure and deterministic; time is an argument.
 */
@NullMarked
package io.sluice.core.kernel;

import org.jspecify.annotations.NullMarked;
