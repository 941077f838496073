package io.sluice.apps.replay;

/** Hears of a replay while it runs, on the thread that runs it; must return soon. */
public interface ReplayListener {

    /** Hears nothing. */
    ReplayListener NONE = new ReplayListener() {};

    /** How far it has got; at the start, then as often as the settings say, and at the end. */
    default void progress(ReplayProgress progress) {}
}
