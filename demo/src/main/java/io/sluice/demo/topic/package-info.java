/** How the demo reads topics. */
@NullMarked
package io.sluice.demo.topic;

import org.jspecify.annotations.NullMarked;
