package io.sluice.sim.engine;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromptBlocksTest {

    @Test
    void equalBlockSizesKeepTheIdsOfFullBlocks() {
        assertThat(PromptBlocks.of(16, 5, 6, 7).keys(16, 40)).containsExactly(5, 6);
        assertThat(PromptBlocks.of(16, 5, 6, 7).keys(16, 48)).containsExactly(5, 6, 7);
    }

    @Test
    void unknownContentHasNoKeys() {
        assertThat(PromptBlocks.unknown().keys(16, 1_000)).isEmpty();
    }

    @Test
    void largeTraceBlocksAreCutIntoEngineBlocks() {
        long[] keys = PromptBlocks.of(512, 1, 2).keys(16, 700);
        assertThat(keys).hasSize(700 / 16).doesNotHaveDuplicates();

        long[] other = PromptBlocks.of(512, 1, 3).keys(16, 700);
        assertThat(other).startsWith(Arrays.copyOf(keys, 32));
        assertThat(Arrays.copyOfRange(other, 32, 43))
                .doesNotContain(Arrays.copyOfRange(keys, 32, 43));
    }

    @Test
    void smallTraceBlocksAreJoined() {
        long[] keys = PromptBlocks.of(16, 1, 2, 3, 4).keys(32, 64);
        assertThat(keys).hasSize(2);
        // The second engine block differs where the fourth id does; the first does not know of it.
        long[] other = PromptBlocks.of(16, 1, 2, 3, 9).keys(32, 64);
        assertThat(other[0]).isEqualTo(keys[0]);
        assertThat(other[1]).isNotEqualTo(keys[1]);
    }

    @Test
    void idsCoverNoMoreThanTheySay() {
        assertThat(PromptBlocks.of(16, 1).keys(16, 100)).hasSize(1);
    }

    @Test
    void aBlockHasTokens() {
        assertThatThrownBy(() -> PromptBlocks.of(0, 1))
                .hasMessage("prompt blocks: blockTokens must be at least 1, is 0");
    }

    @Test
    void sharedBlocksAreThoseAtTheFront() {
        PromptBlocks blocks = PromptBlocks.of(16, 1, 2, 3);
        assertThat(blocks.sharedBlocks(PromptBlocks.of(16, 1, 2, 4, 3))).isEqualTo(2);
        assertThat(blocks.sharedBlocks(PromptBlocks.of(16, 1, 2))).isEqualTo(2);
        assertThat(blocks.sharedBlocks(PromptBlocks.of(16, 1, 2, 3))).isEqualTo(3);
        assertThat(blocks.sharedBlocks(PromptBlocks.of(16, 2))).isZero();
        assertThat(blocks.sharedBlocks(PromptBlocks.of(32, 1, 2, 3))).isZero();
        assertThat(blocks.sharedBlocks(PromptBlocks.unknown())).isZero();
    }
}
