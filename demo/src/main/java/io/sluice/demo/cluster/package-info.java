/**
 * Flink on one machine: inside this JVM ({@code FlinkMiniCluster}), or as a session cluster of real
 * processes ({@code ClusterProcesses}) spoken to over REST ({@code FlinkRest}).
 */
package io.sluice.demo.cluster;
