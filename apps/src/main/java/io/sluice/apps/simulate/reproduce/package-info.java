/** Published and reference numbers, beside what the simulator makes of them. */
@NullMarked
package io.sluice.apps.simulate.reproduce;

import org.jspecify.annotations.NullMarked;
