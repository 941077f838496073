/**
 * What the kernel's queues cost: {@link io.sluice.bench.KernelBenchCommand} runs every policy of
 * the catalogue at several depths, beside a plain queue of Java's, and prints nanoseconds and
 * bytes.
 */
package io.sluice.bench;
