/** {@code sluice topics}: creates, checks and describes the topics of the catalogue. */
@NullMarked
package io.sluice.apps.topics;

import org.jspecify.annotations.NullMarked;
