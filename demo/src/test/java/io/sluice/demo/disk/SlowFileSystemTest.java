package io.sluice.demo.disk;

import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class SlowFileSystemTest {

    private static final Duration EACH = Duration.ofMillis(200);

    @TempDir private java.nio.file.Path folder;

    /** By its address alone, as Flink's processes find it. */
    @Test
    void aFileTakesAsLongAsAFolderAboveItSays() throws Exception {
        SlowFileSystem.slow(folder, EACH);
        Path file = new Path(SlowFileSystem.address(folder.resolve("job/chk-1/state")));
        FileSystem system = file.getFileSystem();
        system.mkdirs(file.getParent());

        long startedNanos = System.nanoTime();
        write(system, file, 7);
        assertThat(System.nanoTime() - startedNanos).isGreaterThanOrEqualTo(EACH.toNanos());

        assertThat(Files.readAllBytes(folder.resolve("job/chk-1/state"))).containsExactly(7);
        assertThat(system.getFileStatus(file).getLen()).isEqualTo(1);
    }

    @Test
    void whatIsHealedIsTheDiskItself() throws Exception {
        SlowFileSystem.slow(folder, Duration.ofDays(1));
        SlowFileSystem.quick(folder);
        Path file = new Path(SlowFileSystem.address(folder.resolve("state")));

        write(file.getFileSystem(), file, 8);

        assertThat(Files.readAllBytes(folder.resolve("state"))).containsExactly(8);
    }

    private static void write(FileSystem system, Path file, int value) throws Exception {
        try (FSDataOutputStream out = system.create(file, WriteMode.NO_OVERWRITE)) {
            out.write(value);
        }
    }
}
