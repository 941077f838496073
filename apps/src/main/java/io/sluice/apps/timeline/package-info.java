/**
 * The life of one request, as the topics tell it: {@link io.sluice.apps.timeline.TimelineReader}
 * finds its records, {@link io.sluice.apps.timeline.RequestTimeline} makes one story of them.
 * Shared by whatever shows it.
 */
@NullMarked
package io.sluice.apps.timeline;

import org.jspecify.annotations.NullMarked;
