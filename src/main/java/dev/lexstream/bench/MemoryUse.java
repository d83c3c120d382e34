package dev.lexstream.bench;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Memory of this process, in bytes: what lives, neither garbage nor what the C library keeps of freed memory, where the
 * virtual machine can give that back (on Linux, in later updates of JDK 17).
 *
 * @param heapAfterCollection what is left of the heap after a collection
 * @param nonHeap classes, compiled code and the like
 * @param direct direct buffers
 * @param resident what the operating system counts, mapped files included; 0 where it does not say
 * @param mapped mapped files in it: libraries, and what the broker has written of late; 0 where it does not say
 */
public record MemoryUse(long heapAfterCollection, long nonHeap, long direct, long resident, long mapped) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final String MAPPED = "RssFile:";

    /** A collection that is asked for while native code holds on to an array does not take place. */
    private static final int MOST_REQUESTS = 20;

    /** Collects all garbage, and gives freed memory back to the operating system. */
    static void collect() {
        long before = collections();
        for (int request = 0; request < MOST_REQUESTS && collections() == before; request++) {
            System.gc();
        }
        trimNativeHeap();
    }

    /** {@linkplain #collect() Collects}, and looks. */
    static MemoryUse afterCollection() {
        collect();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new MemoryUse(heap, nonHeapBytes(), directBytes(), status(RESIDENT), status(MAPPED));
    }

    /** As {@code jcmd System.trim_native_heap} does. */
    private static void trimNativeHeap() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
        } catch (JMException e) {
            // a virtual machine without this command
        }
    }

    /** Of the collectors that are responsible for most pools of the heap: not those of young objects alone. */
    private static long collections() {
        List<GarbageCollectorMXBean> all = ManagementFactory.getGarbageCollectorMXBeans();
        int most = all.stream().mapToInt(MemoryUse::pools).max().orElse(0);
        return all.stream()
                .filter(collector -> pools(collector) == most)
                .mapToLong(collector -> Math.max(0, collector.getCollectionCount()))
                .sum();
    }

    private static int pools(GarbageCollectorMXBean collector) {
        return collector.getMemoryPoolNames().length;
    }

    /** Bytes of this kind now; 0 where the operating system does not say. */
    private static long status(String kind) {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(kind))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long nonHeapBytes() {
        return ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed();
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
