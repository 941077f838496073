/**
 * The built-in trace: a seeded multi-tenant load that needs no file. Its shape is taken from public
 * traces; {@link io.sluice.apps.trace.synthetic.Workload} says which number comes from where.
 */
@NullMarked
package io.sluice.apps.trace.synthetic;

import org.jspecify.annotations.NullMarked;
