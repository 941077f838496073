package io.sluice.core.kernel;

import org.junit.jupiter.api.Test;

import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** The heap store keeps the contract of stores. */
final class HeapPendingStoreTest extends PendingStoreContract {

    @Override
    protected PendingStore create() {
        return new HeapPendingStore();
    }

    @Override
    protected PendingStore reread(PendingStore written) {
        return ((HeapPendingStore) written).copy();
    }

    @Test
    void aCopyDoesNotChangeWithTheOriginal() {
        HeapPendingStore original = new HeapPendingStore();
        original.put(LaneEntry.waiting(request("a").build(), 1));
        HeapPendingStore copy = original.copy();
        original.remove(key("a"));
        original.put(LaneEntry.waiting(request("b").build(), 1));
        assertThat(copy.get(key("a"))).isNotNull();
        assertThat(copy.size()).isEqualTo(1);
        copy.remove(key("a"));
        assertThat(original.size()).isEqualTo(1);
    }
}
