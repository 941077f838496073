/** Whose turn it is among tenants. */
@NullMarked
package io.sluice.core.policy.fairness;

import org.jspecify.annotations.NullMarked;
