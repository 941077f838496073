/** The search for a request on the live page: its life as a timeline. */
@NullMarked
package io.sluice.apps.page.request;

import org.jspecify.annotations.NullMarked;
