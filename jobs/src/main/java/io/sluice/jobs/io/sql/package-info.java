/**
 * The records on the topics as rows of Flink SQL: a format of tables, found by its name. No job
 * uses it; it travels in the same jar, so that an SQL client that is given the jar can read every
 * topic.
 */
@NullMarked
package io.sluice.jobs.io.sql;

import org.jspecify.annotations.NullMarked;
