/**
 * Whether the topics keep the promises: every request one outcome, no request run twice, nothing
 * started where nothing may start. Told from the records alone, by the schemas that were published,
 * and without a class of the programs that write them, so that no error is made by both.
 */
@NullMarked
package io.sluice.audit;

import org.jspecify.annotations.NullMarked;
