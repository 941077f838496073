package io.sluice.apps.trace.file;

/**
 * Token counts of texts whose source recorded none. An estimate, and reported as one: 4.1
 * characters per token is what the Llama-2 tokenizer needs on English answers; characters outside
 * Latin script cost it about a token each. Code comes out too low.
 */
final class TokenEstimator {

    /** Llama-2 tokens per whitespace-separated word of English answers (1.49 measured). */
    static final double TOKENS_PER_WORD = 1.5;

    private static final double LATIN_CHARACTERS_PER_TOKEN = 4.1;

    /** End of the Latin blocks (Latin Extended-B). */
    private static final int LAST_LATIN_CODE_POINT = 0x24F;

    private TokenEstimator() {}

    /** Estimated tokens of a text; 0 only when it is blank. */
    static int ofText(String text) {
        if (text.isBlank()) {
            return 0;
        }
        long latin = text.codePoints().filter(TokenEstimator::isLatin).count();
        long other = text.codePoints().count() - latin;
        return (int) Math.ceil(latin / LATIN_CHARACTERS_PER_TOKEN + other);
    }

    /** Estimated tokens, a part of one, that a character of a text comes to. */
    static double ofCodePoint(int codePoint) {
        return isLatin(codePoint) ? 1 / LATIN_CHARACTERS_PER_TOKEN : 1;
    }

    private static boolean isLatin(int codePoint) {
        return codePoint <= LAST_LATIN_CODE_POINT;
    }

    /** Tokens of so many words. */
    static int ofWords(int words) {
        return (int) Math.round(words * TOKENS_PER_WORD);
    }
}
