/** A disk of this machine that Flink's own processes can find slow. */
@NullMarked
package io.sluice.demo.disk;

import org.jspecify.annotations.NullMarked;
