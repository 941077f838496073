/** A run while it runs: what the topics say so far, as a screen or as lines. */
@NullMarked
package io.sluice.demo.view;

import org.jspecify.annotations.NullMarked;
