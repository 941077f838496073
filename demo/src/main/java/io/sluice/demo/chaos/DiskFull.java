package io.sluice.demo.chaos;

/** Nothing more can be written to checkpoints. */
record DiskFull(SmallDisk disk) implements Fault {

    @Override
    public String target() {
        return "checkpoints";
    }

    @Override
    public void inject() {
        disk.fill();
    }

    @Override
    public void heal() {
        disk.empty();
    }
}
