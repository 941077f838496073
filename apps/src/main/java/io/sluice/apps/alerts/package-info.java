/** Tells people of alerts: {@code sluice alerts} takes them from the topic to a receiver. */
@NullMarked
package io.sluice.apps.alerts;

import org.jspecify.annotations.NullMarked;
