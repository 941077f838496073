/** Shared prefixes of prompts: what an instance has cached, and who waits for it. */
@NullMarked
package io.sluice.core.prefix;

import org.jspecify.annotations.NullMarked;
