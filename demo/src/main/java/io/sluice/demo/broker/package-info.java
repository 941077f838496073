/**
 * KRaft brokers: one inside this JVM ({@code EmbeddedBroker}), and one or three in JVMs of their
 * own that can be killed and started again on the same log ({@code BrokerProcess}). All run with
 * the properties of {@code BrokerProperties}; which nodes are one cluster says {@code Quorum}.
 */
package io.sluice.demo.broker;
