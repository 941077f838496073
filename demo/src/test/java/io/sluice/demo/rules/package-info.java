/**
 * A real job on a real broker, for which a test forces what chance would bring once in a year: one
 * test for each of the ten rules by which the account of a request survives a crash, and one for
 * what makes no sense on the topics. A test of a rule runs its scenario twice: with the rule, and
 * with the one part replaced that carries it, which must break what the rule is for.
 */
package io.sluice.demo.rules;
