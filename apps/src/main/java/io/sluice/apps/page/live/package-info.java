/**
 * What the live page shows: a bounded model of the last minutes, fed with the records of the
 * topics.
 */
@NullMarked
package io.sluice.apps.page.live;

import org.jspecify.annotations.NullMarked;
