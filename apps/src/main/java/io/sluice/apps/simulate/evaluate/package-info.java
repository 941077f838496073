/** Policies on real traces, beside first come first served and beside true lengths known. */
@NullMarked
package io.sluice.apps.simulate.evaluate;

import org.jspecify.annotations.NullMarked;
