package io.sluice.demo.chaos;

/** Something that goes wrong with something. */
interface Fault {

    /** What it strikes, such as {@code taskmanager-2}. */
    String target();

    /** Has it go wrong. */
    void inject();

    /** Puts right what can be put right, without waiting until it works. */
    void heal();
}
