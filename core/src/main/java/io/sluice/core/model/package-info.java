/**
 * Values that the scheduler reasons about: requests, capacities, facts from workers. Immutable,
 * without behaviour that decides.
 */
@NullMarked
package io.sluice.core.model;

import org.jspecify.annotations.NullMarked;
