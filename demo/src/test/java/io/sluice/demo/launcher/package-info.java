/** Tests of the {@code sluice} script at the root of the project. */
package io.sluice.demo.launcher;
