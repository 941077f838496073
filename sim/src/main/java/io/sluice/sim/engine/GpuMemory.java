package io.sluice.sim.engine;

/**
 * What is left of a GPU's memory for keys and values. All sizes in GiB unless named otherwise.
 *
 * @param gpuGib the GPU's memory
 * @param usableFraction the part of it that the engine may use
 * @param activationFraction the part of that which activations take
 * @param weightsGib the model's weights
 * @param kvTokenBytes bytes of keys and values per token
 */
record GpuMemory(
        double gpuGib,
        double usableFraction,
        double activationFraction,
        double weightsGib,
        int kvTokenBytes) {

    private static final double BYTES_PER_GIB = 1L << 30;

    /** Room for weights and KV memory together. */
    double roomGib() {
        return gpuGib * usableFraction * (1 - activationFraction);
    }

    /** Room for KV memory; negative if the weights alone are larger than the room. */
    double kvGib() {
        return roomGib() - weightsGib;
    }

    /** Whole KV blocks that fit; 0 or less if none does. */
    int kvBlocks(int blockTokens) {
        double tokens = Math.floor(kvGib() * BYTES_PER_GIB / kvTokenBytes);
        return (int) Math.floor(tokens / blockTokens);
    }
}
