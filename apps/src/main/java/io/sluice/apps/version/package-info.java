/** {@code sluice version}. */
@NullMarked
package io.sluice.apps.version;

import org.jspecify.annotations.NullMarked;
