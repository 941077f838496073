/** Sluice on a broker that asks who is there, and lets nobody do more than is his. */
@NullMarked
package io.sluice.demo.security;

import org.jspecify.annotations.NullMarked;
