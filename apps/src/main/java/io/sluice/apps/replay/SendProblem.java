package io.sluice.apps.replay;

/**
 * A record that did not get to the broker, for good.
 *
 * @param what its kind and the request's id
 * @param reason why not, and what to do where that is known
 */
public record SendProblem(String what, String reason) {

    @Override
    public String toString() {
        return what + ": " + reason;
    }
}
