/**
 * The Flink jobs of Sluice. A {@code main} class only wires; a topology class builds the graph as a
 * function of its environment, sources, sinks and settings; process functions in the packages below
 * adapt the core to Flink.
 */
@NullMarked
package io.sluice.jobs;

import org.jspecify.annotations.NullMarked;
