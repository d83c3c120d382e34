package dev.lexstream.bench;

import java.util.OptionalLong;

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
 * @param heapAfterCollection bytes of the heap, when a collection was made for this sample
 */
public record SoakSample(
        double seconds,
        long sent,
        long received,
        int instances,
        long resident,
        long nonHeap,
        long direct,
        OptionalLong heapAfterCollection) {

    /** Now; collects garbage when the heap is wanted too. */
    static SoakSample now(double seconds, long sent, long received, int instances, boolean collect) {
        OptionalLong heap =
                collect ? OptionalLong.of(MemoryUse.afterCollection().heapAfterCollection()) : OptionalLong.empty();
        return new SoakSample(
                seconds,
                sent,
                received,
                instances,
                MemoryUse.residentBytes(),
                MemoryUse.nonHeapBytes(),
                MemoryUse.directBytes(),
                heap);
    }
}
