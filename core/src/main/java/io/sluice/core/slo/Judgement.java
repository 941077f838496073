package io.sluice.core.slo;

/** What one finished request means for an objective. */
public enum Judgement {
    /** It kept the promise. */
    GOOD,
    /** It did not. */
    BAD,
    /** It was selected, but says nothing about the promise. */
    EXCLUDED
}
