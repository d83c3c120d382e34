package dev.lexstream.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Where it was measured.
 *
 * @param cores that the virtual machine may use
 * @param memory of the machine, in bytes
 * @param maxHeap in bytes
 * @param java version
 * @param system name, version and processor architecture
 */
public record Machine(int cores, long memory, long maxHeap, String java, String system) {

    static Machine here() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                runtime.availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
                runtime.maxMemory(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }
}
