package io.sluice.apps.trace;

/**
 * One chat message.
 *
 * @param role who speaks
 * @param content text; may be empty
 */
public record Message(Role role, String content) {

    /** Speakers, in the words of the chat completion API. */
    public enum Role {
        /** Instructions from the operator of the model. */
        SYSTEM,
        /** The person or program that asks. */
        USER,
        /** The model. */
        ASSISTANT,
        /** The result of a tool call. */
        TOOL
    }

    /** A message of the user. */
    public static Message user(String content) {
        return new Message(Role.USER, content);
    }
}
