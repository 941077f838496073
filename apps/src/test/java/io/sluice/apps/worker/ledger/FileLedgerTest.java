package io.sluice.apps.worker.ledger;

import io.sluice.sim.worker.LedgerEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import static io.sluice.apps.worker.ledger.PlainCodec.entry;
import static io.sluice.apps.worker.ledger.PlainCodec.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileLedgerTest {

    @TempDir Path folder;
    private Path path;

    private long wallMillis;

    @BeforeEach
    void name() {
        path = folder.resolve("made/gpu.ledger");
    }

    @Test
    void remembersAcrossProcessesInTheOrderOfFirstWriting() {
        try (FileLedger ledger = open()) {
            assertThat(ledger.nextIncarnation()).isEqualTo(1);
            ledger.put(entry("a", 10, false));
            ledger.put(entry("b", 20, false));
            ledger.put(entry("c", 30, false));
            ledger.put(entry("a", 10, true));
            ledger.put(published(entry("a", 10, true)));
            ledger.remove(id("b"));
            ledger.remove(id("never there"));
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.entries())
                    .containsExactly(published(entry("a", 10, true)), entry("c", 30, false));
            assertThat(ledger.find(id("b"))).isNull();
            assertThat(ledger.nextIncarnation()).isEqualTo(2);
        }
    }

    @Test
    void aLifeIsNewEvenIfTheLedgerIsLost() throws IOException {
        long lost;
        wallMillis = 1_000;
        try (FileLedger ledger = open()) {
            ledger.nextIncarnation();
            lost = ledger.nextIncarnation();
        }
        Files.delete(path);
        wallMillis = 1_005;
        try (FileLedger ledger = open()) {
            assertThat(ledger.nextIncarnation()).isGreaterThan(lost);
        }
    }

    @Test
    void aLifeIsNewEvenIfTheClockIsSetBack() {
        wallMillis = 1_000;
        try (FileLedger ledger = open()) {
            assertThat(ledger.nextIncarnation()).isEqualTo(1_000);
        }
        wallMillis = 10;
        try (FileLedger ledger = open()) {
            assertThat(ledger.nextIncarnation()).isEqualTo(1_001);
        }
    }

    @Test
    void writesAnEntryWholeWhenItIsPublishedWithoutHavingBeenWritten() {
        try (FileLedger ledger = open()) {
            ledger.put(published(entry("a", 10, true)));
            assertThat(ledger.find(id("a"))).isEqualTo(published(entry("a", 10, true)));
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.entries()).hasSize(1);
        }
    }

    @Test
    void staysSmallHoweverOftenItIsWritten() {
        long before;
        try (FileLedger ledger = open()) {
            ledger.nextIncarnation();
            ledger.put(entry("kept", 1, false));
            // Forgetting is not forced, so this is fast, unlike a hundred thousand acceptances.
            for (int i = 0; i < 300_000; i++) {
                ledger.put(published(entry("kept", 1, true)));
            }
            before = ledger.fileBytes();
        }
        assertThat(before).isLessThan(3 << 20);
        try (FileLedger ledger = open()) {
            assertThat(ledger.entries()).hasSize(1);
            assertThat(ledger.nextIncarnation()).isEqualTo(2);
        }
        assertThat(path.resolveSibling("gpu.ledger.new")).doesNotExist();
    }

    @Test
    void aRewriteThatWasCutShortIsForgotten() throws IOException {
        try (FileLedger ledger = open()) {
            ledger.put(entry("a", 10, false));
        }
        Files.writeString(path.resolveSibling("gpu.ledger.new"), "half of a new ledg");
        try (FileLedger ledger = open()) {
            assertThat(ledger.entries()).containsExactly(entry("a", 10, false));
        }
    }

    @Test
    void isHeldByOneWorkerAtATime() {
        try (FileLedger held = open()) {
            assertThat(held.entries()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("in use by another worker");
        }
        open().close();
    }

    @Test
    void refusesAFileThatIsNoLedgerAndLeavesItAlone() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "my notes");

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("is no ledger");
        assertThat(path).hasContent("my notes");
    }

    @Test
    void reportsDamageBeforeAnEntryThatWasForced() throws IOException {
        try (FileLedger ledger = open()) {
            ledger.nextIncarnation();
            ledger.put(entry("a", 10, false));
            ledger.put(entry("b", 20, false));
        }
        // Inside the entry of a.
        overwrite(16 + 17 + 12, (byte) 0);

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("damaged at byte 33")
                .hasMessageContaining("move it away");
    }

    @Test
    void cutsOffZerosThatAFileSystemLeftAtTheEnd() throws IOException {
        try (FileLedger ledger = open()) {
            ledger.put(entry("a", 10, false));
        }
        Files.write(path, new byte[4096], StandardOpenOption.APPEND);
        try (FileLedger ledger = open()) {
            ledger.put(entry("b", 20, false));
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.entries())
                    .containsExactly(entry("a", 10, false), entry("b", 20, false));
        }
    }

    private void overwrite(long position, byte value) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {value}), position);
        }
    }

    private FileLedger open() {
        return FileLedger.open(path, new PlainCodec(), () -> wallMillis);
    }

    static LedgerEntry published(LedgerEntry entry) {
        return new LedgerEntry(entry.accepted(), entry.terminal(), true);
    }
}
