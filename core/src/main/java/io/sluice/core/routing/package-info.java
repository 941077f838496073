/**
 * What a router knows of instances, and the policies that choose one among those that can serve a
 * request.
 */
@NullMarked
package io.sluice.core.routing;

import org.jspecify.annotations.NullMarked;
