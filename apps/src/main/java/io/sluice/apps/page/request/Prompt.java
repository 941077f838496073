package io.sluice.apps.page.request;

import io.sluice.apps.timeline.TimelineFinding;
import io.sluice.apps.timeline.TopicRecord;
import io.sluice.schemas.avro.InferenceRequest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The prompt of a request that carries it in its record; its JSON is what the browser gets.
 *
 * @param text its beginning, as UTF-8; what is none is replaced
 * @param bytes length of all of it
 * @param cut whether the text is not all of it
 */
record Prompt(String text, int bytes, boolean cut) {

    /** Characters that are shown of a prompt. */
    static final int MOST_CHARACTERS = 4_000;

    private static final int MOST_BYTES = 4 * MOST_CHARACTERS;

    /** The prompts of the request of a tenant, one for each submission that carries one. */
    static List<Prompt> of(TimelineFinding finding, String tenant) {
        List<Prompt> prompts = new ArrayList<>();
        for (TopicRecord record : finding.records()) {
            if (record.value() instanceof InferenceRequest request
                    && request.getFairnessId().equals(tenant)
                    && request.getPayload() != null) {
                prompts.add(of(request.getPayload()));
            }
        }
        return prompts;
    }

    private static Prompt of(ByteBuffer payload) {
        ByteBuffer bytes = payload.duplicate();
        int length = bytes.remaining();
        bytes.limit(bytes.position() + Math.min(length, MOST_BYTES));
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        boolean cut = length > MOST_BYTES || text.length() > MOST_CHARACTERS;
        return new Prompt(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)), length, cut);
    }
}
