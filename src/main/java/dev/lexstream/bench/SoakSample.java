package dev.lexstream.bench;

/**
 * How the process was at a moment of a soak.
 *
 * @param seconds since the beginning
 * @param sent records that went in
 * @param received records that came out
 * @param instances of the pipeline, 1 or 2
 * @param resident bytes that the operating system counts; 0 where it does not say
 * @param nonHeap bytes of classes, compiled code and the like
 * @param direct bytes of direct buffers
 * @param heapAfterCollection bytes of the heap after a collection
 */
public record SoakSample(
        double seconds,
        long sent,
        long received,
        int instances,
        long resident,
        long nonHeap,
        long direct,
        long heapAfterCollection) {

    /** Now; collects garbage first. */
    static SoakSample now(double seconds, long sent, long received, int instances) {
        MemoryUse memory = MemoryUse.afterCollection();
        return new SoakSample(
                seconds,
                sent,
                received,
                instances,
                memory.resident(),
                memory.nonHeap(),
                memory.direct(),
                memory.heapAfterCollection());
    }
}
