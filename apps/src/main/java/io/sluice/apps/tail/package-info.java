/** {@code sluice tail}: prints the records of a topic as lines of JSON. */
@NullMarked
package io.sluice.apps.tail;

import org.jspecify.annotations.NullMarked;
