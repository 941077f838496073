/**
 * Engine profiles as files: what {@code calibrate} writes, and whatever simulates an engine can
 * read in place of a built-in name. {@code docs/engine-model.md} describes the format.
 */
@NullMarked
package io.sluice.apps.profile;

import org.jspecify.annotations.NullMarked;
