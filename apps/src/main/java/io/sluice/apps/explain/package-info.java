/** {@code sluice explain}: the life of one request, and why it waited. */
@NullMarked
package io.sluice.apps.explain;

import org.jspecify.annotations.NullMarked;
