/** Orders to the running jobs: what they say, and how they get into the control topic. */
@NullMarked
package io.sluice.apps.order;

import org.jspecify.annotations.NullMarked;
