/** Commands for jobs on a cluster, over Flink's REST interface: submit one, take a savepoint. */
@NullMarked
package io.sluice.demo.submit;

import org.jspecify.annotations.NullMarked;
