/** {@code sluice control}: orders to the running jobs, through the control topic. */
@NullMarked
package io.sluice.apps.control;

import org.jspecify.annotations.NullMarked;
