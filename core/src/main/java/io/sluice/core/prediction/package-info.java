/** Predictions that need no library. */
@NullMarked
package io.sluice.core.prediction;

import org.jspecify.annotations.NullMarked;
