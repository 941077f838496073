/** Ports and catalogue of scheduling policies: what a deployer may choose by name. */
@NullMarked
package io.sluice.core.policy;

import org.jspecify.annotations.NullMarked;
