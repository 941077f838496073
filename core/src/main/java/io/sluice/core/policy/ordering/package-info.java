/** Orders of a queue, one class each. */
@NullMarked
package io.sluice.core.policy.ordering;

import org.jspecify.annotations.NullMarked;
