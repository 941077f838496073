/** Values and workers for tests, here and in modules that build on the kernel. */
package io.sluice.core.testing;
