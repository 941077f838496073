/** The tables and queries under {@code deploy/sql}, run by Flink SQL against a real broker. */
@NullMarked
package io.sluice.demo.sql;

import org.jspecify.annotations.NullMarked;
