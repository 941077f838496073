package io.sluice.apps.trace.file;

import io.sluice.apps.trace.Message;
import io.sluice.apps.trace.PrefixBlocks;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Hashes of text agree exactly as far as the text does. */
class TextBlocksTest {

    private static PrefixBlocks blocks(String text, int blockTokens) {
        int tokens = Math.max(1, TokenEstimator.ofText(text));
        return TextBlocks.of(List.of(Message.user(text)), tokens, blockTokens);
    }

    @Property
    void promptsAgreeInTheBlocksThatTheirCommonBeginningFills(
            @ForAll @StringLength(max = 200) String common,
            @ForAll @StringLength(min = 1, max = 60) String one,
            @ForAll @StringLength(min = 1, max = 60) String other,
            @ForAll @IntRange(min = 1, max = 20) int blockTokens) {
        List<Long> left = blocks(common + "a" + one, blockTokens).hashIds();
        List<Long> right = blocks(common + "b" + other, blockTokens).hashIds();
        double shared = common.codePoints().mapToDouble(TokenEstimator::ofCodePoint).sum();

        int agree = 0;
        while (agree < Math.min(left.size(), right.size())
                && left.get(agree).equals(right.get(agree))) {
            agree++;
        }
        // A sum of parts that no binary number holds may end a hair off a block's end.
        assertThat((double) agree)
                .isBetween(
                        Math.floor((shared - 1e-9) / blockTokens),
                        Math.floor((shared + 1e-9) / blockTokens));
    }

    @Property
    void thereIsAHashForEachBlockWhateverTheText(
            @ForAll @StringLength(max = 300) String text,
            @ForAll @IntRange(min = 1, max = 500) int promptTokens,
            @ForAll @IntRange(min = 1, max = 20) int blockTokens) {
        PrefixBlocks blocks = TextBlocks.of(List.of(Message.user(text)), promptTokens, blockTokens);

        assertThat(blocks.hashIds()).hasSize(PrefixBlocks.blocksFor(promptTokens, blockTokens));
        assertThat(blocks.hashIds()).doesNotHaveDuplicates();
    }

    @Test
    void whoSpeaksIsPartOfIt() {
        Message system = new Message(Message.Role.SYSTEM, "Be brief, and say nothing twice.");
        Message user = Message.user("Be brief, and say nothing twice.");

        assertThat(TextBlocks.of(List.of(system), 8, 4).hashIds())
                .doesNotContainAnyElementsOf(TextBlocks.of(List.of(user), 8, 4).hashIds());
    }
}
