package io.sluice.apps.worker.ledger;

import io.sluice.sim.worker.LedgerEntry;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static io.sluice.apps.worker.ledger.PlainCodec.entry;
import static io.sluice.apps.worker.ledger.PlainCodec.id;
import static org.assertj.core.api.Assertions.assertThat;

/** A process that dies at any byte of any write. */
class TornLedgerProperties {

    /** The state after an action, and how long the file was then. */
    private record Moment(long bytes, List<LedgerEntry> entries) {}

    private Path folder;
    private Path path;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("sluice-ledger-");
        path = folder.resolve("gpu.ledger");
    }

    @AfterTry
    void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 200)
    void whatWasWrittenBeforeTheCutIsThereAndNothingElse(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 15) Integer> actions,
            @ForAll @IntRange(max = 1_000_000) int where) {
        List<Moment> moments = new ArrayList<>();
        try (FileLedger ledger = open()) {
            moments.add(moment(ledger));
            for (int action : actions) {
                act(ledger, action);
                moments.add(moment(ledger));
            }
        }
        long length = moments.get(moments.size() - 1).bytes();
        long cut = (long) ((double) where / 1_000_000 * length);
        truncate(cut);

        Moment last = moments.get(0);
        for (Moment moment : moments) {
            last = moment.bytes() <= cut ? moment : last;
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.entries()).isEqualTo(last.entries());
            // It goes on from there.
            ledger.put(entry("after", 1, false));
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.entries()).hasSize(last.entries().size() + 1);
        }
    }

    /** Sixteen actions on four runs. */
    private static void act(FileLedger ledger, int action) {
        String request = "r" + action % 4;
        LedgerEntry known = ledger.find(id(request));
        switch (action / 4) {
            case 0 -> ledger.put(entry(request, action, false));
            case 1 -> ledger.put(entry(request, action, true));
            case 2 -> {
                if (known != null && known.terminal() != null) {
                    ledger.put(FileLedgerTest.published(known));
                }
            }
            default -> ledger.remove(id(request));
        }
    }

    private static Moment moment(FileLedger ledger) {
        return new Moment(ledger.fileBytes(), ledger.entries());
    }

    private void truncate(long length) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private FileLedger open() {
        return FileLedger.open(path, new PlainCodec(), () -> 0);
    }
}
