package io.sluice.demo.disk;

import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

import java.net.URI;

/** Gives Flink's processes the {@link SlowFileSystem}, under its scheme. */
public final class SlowFileSystemFactory implements FileSystemFactory {

    /** As Flink's service loader wants it. */
    public SlowFileSystemFactory() {}

    @Override
    public String getScheme() {
        return SlowFileSystem.SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return new SlowFileSystem();
    }
}
