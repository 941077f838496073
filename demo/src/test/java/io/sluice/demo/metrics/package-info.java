/**
 * What Prometheus and Grafana are given under {@code deploy}: every name exists, every rule does
 * what it is for, and a real Prometheus that reads a running fleet answers every query.
 */
@NullMarked
package io.sluice.demo.metrics;

import org.jspecify.annotations.NullMarked;
