/** When requests arrive: as recorded, or by a seeded process for traces that hold no times. */
@NullMarked
package io.sluice.apps.trace.arrival;

import org.jspecify.annotations.NullMarked;
