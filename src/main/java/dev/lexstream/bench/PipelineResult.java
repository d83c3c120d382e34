package dev.lexstream.bench;

/**
 * What a run of the whole pipeline took.
 *
 * @param throughput from the assignment of partitions until the last record was readable
 * @param cpu in that time
 * @param delivery what came out
 */
public record PipelineResult(Throughput throughput, CpuTimes cpu, Delivery delivery) {

    /** Cores that the process kept busy: pipeline, broker, registry and the virtual machine. */
    public double cores() {
        return cpu.cores(throughput);
    }

    /** CPU time of threads of a role, in microseconds for each record. */
    public double microsPerRecord(ThreadRole role) {
        return cpu.microsPerRecord(role, throughput);
    }

    /** CPU time outside of Java threads, in microseconds for each record. */
    public double outsideMicrosPerRecord() {
        return cpu.outsideMicrosPerRecord(throughput);
    }

    /**
     * CPU time of Lexstream's own threads, in microseconds for each record.
     *
     * @param sleeping whether the device threads compute nothing, so that what they use is Lexstream's own too
     */
    public double overheadMicrosPerRecord(boolean sleeping) {
        return microsPerRecord(ThreadRole.STREAM)
                + microsPerRecord(ThreadRole.PREPARATION)
                + (sleeping ? microsPerRecord(ThreadRole.DEVICE) : 0);
    }
}
