/** What records on the topics mean to the core, where both ends of a topic must agree. */
@NullMarked
package io.sluice.wire;

import org.jspecify.annotations.NullMarked;
