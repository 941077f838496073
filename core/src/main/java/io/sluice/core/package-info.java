/**
 * The scheduler itself: pure, deterministic, time as an argument. Depends on {@code java.*} only.
 */
@NullMarked
package io.sluice.core;

import org.jspecify.annotations.NullMarked;
