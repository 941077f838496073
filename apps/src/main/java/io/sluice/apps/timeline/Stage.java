package io.sluice.apps.timeline;

/** Where in its life a request is, in the order in which things happen at one moment. */
public enum Stage {
    /** The broker took it in. */
    SUBMITTED,
    /** Somebody ordered something about it. */
    ORDER,
    /** The router kept it. */
    HOLD,
    /** The router gave it to a lane. */
    ROUTE,
    /** A lane told its worker something about it. */
    DISPATCH,
    /** A worker did something with it. */
    RUN,
    /** A lane let go of it. */
    RELEASE,
    /** The router closed it. */
    END,
    /** Its outcome was committed: what everybody may rely on. */
    OUTCOME
}
