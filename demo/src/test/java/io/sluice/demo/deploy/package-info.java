/** What is under {@code deploy} is held to the build, the options and the tools that it names. */
package io.sluice.demo.deploy;
