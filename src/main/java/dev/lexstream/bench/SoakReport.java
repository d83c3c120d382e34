package dev.lexstream.bench;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What a long run showed.
 *
 * @param seconds that were measured
 * @param rate records a second
 * @param maximum records a second that came out in the turn of the warm-up that was as fast as could be
 * @param delivery what came out, warm-up included
 * @param joins of the second instance, warm-up included
 * @param leaves of the second instance, warm-up included
 * @param samples in the order of time
 */
public record SoakReport(
        double seconds,
        double rate,
        double maximum,
        Delivery delivery,
        int joins,
        int leaves,
        List<SoakSample> samples) {

    private static final int QUARTERS = 4;

    public SoakReport {
        samples = List.copyOf(samples);
    }

    /** Means of the first and the last quarter of a run, in bytes. */
    public record Trend(double first, double last) {

        /** Of values in the order of time; 0 when there are none. */
        static Trend of(LongStream values) {
            long[] all = values.toArray();
            int quarter = Math.min(all.length, Math.max(1, all.length / QUARTERS));
            return new Trend(mean(all, 0, quarter), mean(all, all.length - quarter, all.length));
        }

        private static double mean(long[] values, int from, int to) {
            return LongStream.of(values).skip(from).limit(to - from).average().orElse(0);
        }

        /** The last over the first; 1 when nothing was measured. */
        public double ratio() {
            return first == 0 ? 1 : last / first;
        }
    }

    /** Of the heap after collections. */
    public Trend heap() {
        return Trend.of(samples.stream().mapToLong(sample -> sample.memory().heapAfterCollection()));
    }

    /** Of what the operating system counts. */
    public Trend resident() {
        return Trend.of(samples.stream().mapToLong(sample -> sample.memory().resident()));
    }
}
