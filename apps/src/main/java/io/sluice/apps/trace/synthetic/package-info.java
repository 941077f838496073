/** The built-in trace: a seeded multi-tenant load that needs no file. */
@NullMarked
package io.sluice.apps.trace.synthetic;

import org.jspecify.annotations.NullMarked;
