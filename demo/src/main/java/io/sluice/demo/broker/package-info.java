/**
 * A single-node KRaft broker, inside this JVM ({@code EmbeddedBroker}) or in one of its own that
 * can be killed and started again on the same log ({@code BrokerProcess}). Both run with the
 * properties of {@code BrokerProperties}.
 */
package io.sluice.demo.broker;
