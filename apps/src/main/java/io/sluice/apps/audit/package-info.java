/** {@code sluice audit}: whether the topics keep the promises. */
@NullMarked
package io.sluice.apps.audit;

import org.jspecify.annotations.NullMarked;
