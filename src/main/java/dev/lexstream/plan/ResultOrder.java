package dev.lexstream.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * In which order texts came and stages have answered them. Batches always hold the text that has waited longest, so one that others
 * have overtaken is not late because its stage is slow.
 *
 * <p>Threading: one instance for all texts of an {@link Enricher}.
 */
final class ResultOrder {

    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, AtomicLong> latest = new ConcurrentHashMap<>();

    /** The number of a text that comes now. */
    long number() {
        return numbers.incrementAndGet();
    }

    /** A stage has annotated the text with this number. */
    void answered(String stage, long number) {
        latest.computeIfAbsent(stage, name -> new AtomicLong()).accumulateAndGet(number, Math::max);
    }

    /** Whether a stage has annotated a text that came later. */
    boolean overtaken(String stage, long number) {
        AtomicLong last = latest.get(stage);
        return last != null && last.get() > number;
    }
}
