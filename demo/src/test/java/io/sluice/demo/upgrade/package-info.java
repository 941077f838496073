/** The scheduler job under changes of version, with a real broker and real workers. */
@NullMarked
package io.sluice.demo.upgrade;

import org.jspecify.annotations.NullMarked;
