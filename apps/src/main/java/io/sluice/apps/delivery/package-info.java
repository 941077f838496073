/** Telling a server something over HTTP until it has it; shared by the commands that do. */
@NullMarked
package io.sluice.apps.delivery;

import org.jspecify.annotations.NullMarked;
