package io.sluice.demo.rules;

/** Whether a scenario runs with the rule that it is about. */
enum Rule {
    /** The job and the workers as they are. */
    HOLDS,
    /** The same, but for the one part that carries the rule. */
    IS_OFF;

    /** One of two, by whether the rule holds. */
    <T> T pick(T ifItHolds, T ifItIsOff) {
        return this == HOLDS ? ifItHolds : ifItIsOff;
    }
}
