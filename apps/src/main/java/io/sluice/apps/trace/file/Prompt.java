package io.sluice.apps.trace.file;

import io.sluice.apps.trace.Message;
import io.sluice.apps.trace.Message.Role;
import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceNote;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The text of one request and of its recorded answer.
 *
 * @param messages what is sent
 * @param reply the answer; null when none is recorded
 */
record Prompt(List<Message> messages, @Nullable String reply) {

    /** A format without text. */
    static final Prompt NONE = new Prompt(List.of(), null);

    /**
     * A single question; an optional input follows the instruction on a new line, as Alpaca means
     * it.
     */
    static Prompt ofText(String prompt, @Nullable String input, @Nullable String reply) {
        String text = input == null || input.isBlank() ? prompt : prompt + "\n" + input;
        return new Prompt(List.of(Message.user(text)), reply);
    }

    /**
     * The first exchange of a conversation: system messages and the first question (several in a
     * row count as one prompt), and the answer right after it. Answers before the first question,
     * left over where a conversation was cut, are skipped and noted.
     */
    static Prompt ofConversation(
            List<@Nullable String> speakers, List<@Nullable String> texts, Set<TraceNote> notes)
            throws BadRow {
        List<Message> sent = new ArrayList<>();
        boolean asked = false;
        for (int i = 0; i < speakers.size(); i++) {
            String content = texts.get(i) == null ? "" : texts.get(i);
            Role role = role(speakers.get(i));
            if (role == Role.ASSISTANT && asked) {
                return new Prompt(sent, content);
            }
            if (!asked && (role == Role.ASSISTANT || role == Role.TOOL)) {
                notes.add(TraceNote.LEADING_ANSWER_SKIPPED);
                continue;
            }
            sent.add(new Message(role, content));
            asked |= role == Role.USER;
        }
        if (!asked) {
            throw new BadRow(
                    RejectReason.NO_USER_MESSAGE, speakers.size() + " messages, none by a user");
        }
        return new Prompt(sent, null);
    }

    /** Estimated tokens of all that is sent. */
    int estimatedTokens() {
        return messages.stream().mapToInt(m -> TokenEstimator.ofText(m.content())).sum();
    }

    /**
     * Speakers go by many names; a nameless or unknown one (gpt, chatgpt, bing, bard) is a model.
     */
    private static Role role(@Nullable String speaker) {
        return switch (speaker == null ? "" : speaker.toLowerCase(Locale.ROOT)) {
            case "human", "user" -> Role.USER;
            case "system" -> Role.SYSTEM;
            case "observation", "tool", "function" -> Role.TOOL;
            default -> Role.ASSISTANT;
        };
    }
}
