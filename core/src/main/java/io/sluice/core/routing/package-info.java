/** Choice of an instance for a request: filters, weighted scorers, one picker. */
@NullMarked
package io.sluice.core.routing;

import org.jspecify.annotations.NullMarked;
