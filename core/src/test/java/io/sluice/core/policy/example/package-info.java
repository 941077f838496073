/** The policy of the walk-through in docs/add-a-policy.md, and its test. */
package io.sluice.core.policy.example;
