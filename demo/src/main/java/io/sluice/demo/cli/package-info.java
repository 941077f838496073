/** What every command of the demo jar shares. */
package io.sluice.demo.cli;
