/** What a lane refuses, and why. */
@NullMarked
package io.sluice.core.policy.admission;

import org.jspecify.annotations.NullMarked;
