/** {@code sluice control}: orders to a running scheduler job, through the control topic. */
@NullMarked
package io.sluice.apps.control;

import org.jspecify.annotations.NullMarked;
