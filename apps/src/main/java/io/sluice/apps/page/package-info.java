/** {@code sluice page}: a live page of what the scheduler does, served from the topics. */
@NullMarked
package io.sluice.apps.page;

import org.jspecify.annotations.NullMarked;
