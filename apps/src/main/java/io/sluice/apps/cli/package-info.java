/** What every subcommand shares: the options of the broker, errors in one line, quiet logging. */
@NullMarked
package io.sluice.apps.cli;

import org.jspecify.annotations.NullMarked;
