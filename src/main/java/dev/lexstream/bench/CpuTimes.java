package dev.lexstream.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;

/**
 * CPU time of this process, in nanoseconds.
 *
 * @param process all of it, threads of the JVM and of native libraries included
 * @param threads of Java threads, by role
 */
public record CpuTimes(long process, Map<ThreadRole, Long> threads) {

    public CpuTimes {
        threads = new EnumMap<>(threads);
    }

    /** Up to now. Threads that have ended are missing, so read before they do. */
    static CpuTimes now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<ThreadRole, Long> times = new EnumMap<>(ThreadRole.class);
        for (ThreadRole role : ThreadRole.values()) {
            times.put(role, 0L);
        }
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                long time = Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
                times.merge(ThreadRole.of(thread.getThreadName()), time, Long::sum);
            }
        }
        return new CpuTimes(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(), times);
    }

    /** What came after an earlier reading. */
    CpuTimes since(CpuTimes earlier) {
        Map<ThreadRole, Long> difference = new EnumMap<>(ThreadRole.class);
        threads.forEach((role, time) -> difference.put(role, time - earlier.of(role)));
        return new CpuTimes(process - earlier.process, difference);
    }

    /** Of the threads of a role. */
    public long of(ThreadRole role) {
        return threads.getOrDefault(role, 0L);
    }

    /** Of what is no Java thread: the garbage collector, the compiler, PyTorch's own threads. */
    public long outsideJavaThreads() {
        return Math.max(
                0,
                process - threads.values().stream().mapToLong(Long::longValue).sum());
    }

    /** Cores that the process kept busy in the time of a run. */
    double cores(Throughput run) {
        return (double) process / run.nanos();
    }

    /** Of the threads of a role, in microseconds for each record of a run. */
    double microsPerRecord(ThreadRole role, Throughput run) {
        return of(role) / 1e3 / run.records();
    }

    /** Outside of Java threads, in microseconds for each record of a run. */
    double outsideMicrosPerRecord(Throughput run) {
        return outsideJavaThreads() / 1e3 / run.records();
    }
}
