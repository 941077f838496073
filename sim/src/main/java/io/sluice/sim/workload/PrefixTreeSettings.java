package io.sluice.sim.workload;

/**
 * What {@link PrefixTreeWorkload} draws. Lengths are in tokens.
 *
 * @param users how many users there are
 * @param repeats how many queries each of them sends
 * @param prompt parts of each prompt
 * @param requestsPerSecond mean rate of the Poisson process of all queries
 */
public record PrefixTreeSettings(int users, int repeats, Prompt prompt, double requestsPerSecond) {

    /** Rejects settings outside their range. */
    public PrefixTreeSettings {
        Settings.requireBetween("users", users, 1, 10_000_000);
        Settings.requireBetween("repeats", repeats, 1, Integer.MAX_VALUE / users);
        Settings.requirePositive("rate in requests per second", requestsPerSecond);
    }

    /**
     * Parts of a prompt, in this order.
     *
     * @param baseTokens common to all queries; may be 0
     * @param userTokens common to the queries of a user
     * @param documentTokens of this query alone
     */
    public record Prompt(int baseTokens, int userTokens, int documentTokens) {

        /** Rejects lengths outside their range. */
        public Prompt {
            Settings.requireBetween("baseTokens", baseTokens, 0, 1 << 24);
            Settings.requireBetween("userTokens", userTokens, 1, 1 << 24);
            Settings.requireBetween("documentTokens", documentTokens, 1, 1 << 24);
        }

        int tokens() {
            return baseTokens + userTokens + documentTokens;
        }

        /** The largest block of which all three parts are whole numbers. */
        int blockTokens() {
            return gcd(baseTokens, gcd(userTokens, documentTokens));
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }

    /**
     * The setting of the reference simulation: 100 users send 20 queries each, of 4,000 tokens of
     * the user and 1,000 of a document.
     */
    public static PrefixTreeSettings standard(double requestsPerSecond) {
        return new PrefixTreeSettings(100, 20, new Prompt(0, 4_000, 1_000), requestsPerSecond);
    }

    /** The same with other prompts. */
    public PrefixTreeSettings withPrompt(Prompt newPrompt) {
        return new PrefixTreeSettings(users, repeats, newPrompt, requestsPerSecond);
    }
}
