package dev.lexstream.bench;

/**
 * How the process was at a moment of a soak.
 *
 * @param seconds since the beginning
 * @param sent records that went in
 * @param received records that came out
 * @param instances of the pipeline, 1 or 2
 * @param memory of the process
 */
public record SoakSample(double seconds, long sent, long received, int instances, MemoryUse memory) {

    /** Now; garbage and freed memory do not count. */
    static SoakSample now(double seconds, long sent, long received, int instances) {
        return new SoakSample(seconds, sent, received, instances, MemoryUse.afterCollection());
    }
}
