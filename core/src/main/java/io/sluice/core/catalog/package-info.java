/** Policies by name: what may be written, what it means, and what is said when it is wrong. */
@NullMarked
package io.sluice.core.catalog;

import org.jspecify.annotations.NullMarked;
