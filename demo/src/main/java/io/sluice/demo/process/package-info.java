/**
 * Child JVMs that cannot outlive their parent, others that stay ({@code PidFolder}), and the small
 * things needed to start and await them.
 */
package io.sluice.demo.process;
