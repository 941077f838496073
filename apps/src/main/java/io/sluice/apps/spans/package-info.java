/** Exports what became of each request as spans: {@code sluice spans}. */
@NullMarked
package io.sluice.apps.spans;

import org.jspecify.annotations.NullMarked;
