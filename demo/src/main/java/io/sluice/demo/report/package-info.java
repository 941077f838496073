/**
 * What a run was: counted from the topics alone, by a plain consumer of committed records, so that
 * the account does not depend on anything that took part in the run.
 */
@NullMarked
package io.sluice.demo.report;

import org.jspecify.annotations.NullMarked;
