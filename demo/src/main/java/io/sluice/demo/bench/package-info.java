/** What the jobs cost beside a job that does nothing, measured in one run. */
@NullMarked
package io.sluice.demo.bench;

import org.jspecify.annotations.NullMarked;
