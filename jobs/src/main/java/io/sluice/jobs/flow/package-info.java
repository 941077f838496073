/** What travels between operators: flat records that Flink serialises field by field. */
@NullMarked
package io.sluice.jobs.flow;

import org.jspecify.annotations.NullMarked;
