package dev.lexstream.nlp;

import com.github.pemistahl.lingua.api.IsoCode639_1;
import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Language detection by the character n-grams of the Lingua library. Its models load on first use. */
public final class LinguaDetector implements LanguageDetector {

    /** A prefix tells the language as well as the whole of a long text, at bounded cost. */
    private static final int LONGEST_PREFIX = 400;

    private final com.github.pemistahl.lingua.api.LanguageDetector lingua;

    /**
     * A detector that decides between the given languages.
     *
     * @param codes two or more ISO 639-1 codes, such as {@code en}
     * @throws IllegalArgumentException naming every code that is not supported, or when there are fewer than two
     */
    public LinguaDetector(Collection<String> codes) {
        TreeSet<String> supported = Arrays.stream(Language.values())
                .filter(language -> language != Language.UNKNOWN)
                .map(LinguaDetector::code)
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> unsupported = new TreeSet<>(codes);
        unsupported.removeAll(supported);
        if (!unsupported.isEmpty()) {
            throw new IllegalArgumentException(
                    "languages that cannot be detected: " + unsupported + "; supported are " + supported);
        }
        if (codes.stream().distinct().count() < 2) {
            throw new IllegalArgumentException("two languages or more are needed to decide between, found " + codes);
        }
        IsoCode639_1[] iso = codes.stream()
                .distinct()
                .map(code -> IsoCode639_1.valueOf(code.toUpperCase(Locale.ROOT)))
                .toArray(IsoCode639_1[]::new);
        this.lingua = LanguageDetectorBuilder.fromIsoCodes639_1(iso)
                .withLowAccuracyMode()
                .build();
    }

    @Override
    public Optional<Detection> detect(String text) {
        String prefix = text.substring(
                0, text.offsetByCodePoints(0, Math.min(text.codePointCount(0, text.length()), LONGEST_PREFIX)));
        return lingua.computeLanguageConfidenceValues(prefix).entrySet().stream()
                .findFirst()
                .filter(best -> best.getValue() > 0)
                .map(best -> new Detection(code(best.getKey()), best.getValue()));
    }

    private static String code(Language language) {
        return language.getIsoCode639_1().toString().toLowerCase(Locale.ROOT);
    }
}
