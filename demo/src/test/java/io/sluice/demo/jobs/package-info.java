/** The jobs as users submit them. */
package io.sluice.demo.jobs;
