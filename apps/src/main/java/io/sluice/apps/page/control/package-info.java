/** Orders that people give on the live page, and what becomes of them. */
@NullMarked
package io.sluice.apps.page.control;

import org.jspecify.annotations.NullMarked;
