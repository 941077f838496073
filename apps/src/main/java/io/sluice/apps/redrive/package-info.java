/** {@code sluice redrive}: dead letters are sent again to where they came from. */
@NullMarked
package io.sluice.apps.redrive;

import org.jspecify.annotations.NullMarked;
