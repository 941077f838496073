/** What people show to be let in to the live page. */
@NullMarked
package io.sluice.apps.page.access;

import org.jspecify.annotations.NullMarked;
