/**
 * Requests and when they arrive: the values that every source of requests produces.
 *
 * <p>A {@link io.sluice.apps.trace.RequestSource} yields {@link
 * io.sluice.apps.trace.TraceRequest}s: from a recorded file ({@code file}) or from a generator
 * ({@code synthetic}). An arrival process ({@code arrival}) gives each a time, and the shaper
 * ({@code shape}) a priority class, targets and limits. Everything is a lazy stream: a trace of
 * millions of rows needs no more memory than one of ten. Nothing here reads a clock, and every draw
 * comes from a stated seed.
 */
@NullMarked
package io.sluice.apps.trace;

import org.jspecify.annotations.NullMarked;
