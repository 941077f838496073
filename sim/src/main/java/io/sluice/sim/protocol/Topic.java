package io.sluice.sim.protocol;

import java.util.ArrayList;
import java.util.List;

/** A partitioned log. Records keep their place for ever; broker time is the virtual clock. */
final class Topic<T> {

    /** A record as it lies in the log. */
    record Stored<T>(long appendedMillis, T value) {}

    private final String name;
    private final Agenda agenda;
    private final List<List<Stored<T>>> partitions = new ArrayList<>();
    private final List<List<Runnable>> readers = new ArrayList<>();
    private final long[] readableMillis;

    Topic(Logs of, Agenda agenda) {
        int partitionCount = of.partitions();
        this.name = of.words();
        this.agenda = agenda;
        this.readableMillis = new long[partitionCount];
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new ArrayList<>());
            readers.add(new ArrayList<>());
        }
    }

    String name() {
        return name;
    }

    int partitionCount() {
        return partitions.size();
    }

    void append(int partition, T value) {
        partitions.get(partition).add(new Stored<>(agenda.now(), value));
        readers.get(partition).forEach(Runnable::run);
    }

    /** Appends to the partition that a key belongs to. */
    void append(Object key, T value) {
        append(Math.floorMod(key.hashCode(), partitions.size()), value);
    }

    int end(int partition) {
        return partitions.get(partition).size();
    }

    Stored<T> read(int partition, int offset) {
        return partitions.get(partition).get(offset);
    }

    /** Lets nobody read a partition before a time. */
    void stall(int partition, long untilMillis) {
        readableMillis[partition] = Math.max(readableMillis[partition], untilMillis);
    }

    /** From when on a partition may be read. */
    long readableMillis(int partition) {
        return readableMillis[partition];
    }

    /** Calls back after each append, until the reader is removed. */
    void addReader(int partition, Runnable reader) {
        readers.get(partition).add(reader);
    }

    void removeReader(int partition, Runnable reader) {
        readers.get(partition).remove(reader);
    }
}
