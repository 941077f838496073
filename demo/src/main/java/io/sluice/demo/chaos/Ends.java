package io.sluice.demo.chaos;

import java.util.HashSet;
import java.util.Set;

/** Who was submitted, and who of them has ended. Safe for use by several threads. */
final class Ends {

    private final Set<String> open = new HashSet<>();
    private final Set<String> ended = new HashSet<>();

    /** A request was read; poison, which is none, has a key that says so. */
    synchronized void submitted(String request) {
        if (!request.startsWith(Poison.KEY) && !ended.contains(request)) {
            open.add(request);
        }
    }

    /** An outcome was read. */
    synchronized void ended(String request) {
        open.remove(request);
        ended.add(request);
    }

    /** How many have no outcome yet. */
    synchronized int open() {
        return open.size();
    }

    /** How many have one. */
    synchronized int ended() {
        return ended.size();
    }
}
