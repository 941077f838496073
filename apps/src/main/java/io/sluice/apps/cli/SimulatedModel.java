package io.sluice.apps.cli;

/**
 * The model that requests ask for and simulated workers serve unless told otherwise: the one thing
 * that programs who never meet must agree on for a request to run.
 */
public final class SimulatedModel {

    /** Its name. */
    public static final String NAME = "sim";

    private SimulatedModel() {}
}
