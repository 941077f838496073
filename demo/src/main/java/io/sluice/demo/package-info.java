/**
 * Everything in one process or on one machine: an embedded Kafka broker, Flink clusters, and the
 * command line of the demo jar.
 */
package io.sluice.demo;
