/** The demo: everything from broker to report in one process, for one run of one trace. */
@NullMarked
package io.sluice.demo.run;

import org.jspecify.annotations.NullMarked;
