/**
 * Faults on a real cluster: {@code sluice chaos}. {@code ChaosPlan} says from a seed what goes
 * wrong and when, {@code ChaosSystem} is what it goes wrong in, {@code Round} carries one round
 * out, and {@code sluice audit}, which shares no code with the product, says what was broken by it.
 */
@NullMarked
package io.sluice.demo.chaos;

import org.jspecify.annotations.NullMarked;
