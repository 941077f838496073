/**
 * A cluster of standing processes on this machine: {@code sluice cluster}. Everything about it is
 * in one folder, {@code ClusterFolder}; the processes outlive the command that starts them.
 */
@NullMarked
package io.sluice.demo.local;

import org.jspecify.annotations.NullMarked;
