/**
 * The plain tools of Sluice, each a subcommand in a package of its own that knows of no other. What
 * they share is in {@code cli}, {@code trace}, {@code profile} and {@code timeline}.
 */
@NullMarked
package io.sluice.apps;

import org.jspecify.annotations.NullMarked;
