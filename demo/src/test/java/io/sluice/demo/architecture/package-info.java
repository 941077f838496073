/**
 * Rules of the architecture that a class path cannot hold. They look at every module that this one
 * depends on, so a new module comes under them by being added to the demo; {@code RulesBiteTest}
 * shows on classes made to break them that they are no empty promise.
 */
package io.sluice.demo.architecture;
