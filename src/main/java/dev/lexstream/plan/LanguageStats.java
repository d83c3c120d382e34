package dev.lexstream.plan;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many texts went through no stage because of their language.
 *
 * @param texts whose language is known or found to be unknown
 * @param passedOver those that no stage accepts, by language; {@code unknown} where it is not known
 */
public record LanguageStats(long texts, Map<String, Long> passedOver) {

    /** Languages that {@link #toString} names. */
    private static final int NAMED = 5;

    public LanguageStats {
        passedOver = Map.copyOf(passedOver);
    }

    /** Texts that no stage accepts. */
    public long passedOverTexts() {
        return passedOver.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For the log: {@code 12 of 340 texts (3.5 %) in no stage's language: fr 7, unknown 5}. */
    @Override
    public String toString() {
        long passed = passedOverTexts();
        String total = String.format(
                Locale.ROOT,
                "%,d of %,d texts (%.1f %%) in no stage's language",
                passed,
                texts,
                texts == 0 ? 0.0 : 100.0 * passed / texts);
        String most = passedOver.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return most.isEmpty() ? total : total + ": " + most + (passedOver.size() > NAMED ? ", ..." : "");
    }
}
