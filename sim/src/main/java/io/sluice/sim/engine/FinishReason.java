package io.sluice.sim.engine;

/** Why a request's output ended, in the words of the OpenAI API. */
public enum FinishReason {
    /** The model had said what it wanted. */
    STOP,
    /** The user's bound on the output cut it. */
    LENGTH
}
