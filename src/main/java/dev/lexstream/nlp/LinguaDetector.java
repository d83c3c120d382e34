package dev.lexstream.nlp;

import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Language detection by the character n-grams of the Lingua library, with calibrated confidence.
 *
 * <p>Lingua reads n-grams of 1 to 5 letters: those of 3 alone take a tenth of the memory, and tell the language of every
 * fourth English text of two or three words wrong. A candidate that shares its script with another takes some 30 MB of heap
 * and a second to load, at the first text in that script or by {@link #load}.
 */
public final class LinguaDetector implements LanguageDetector {

    /** A word in each script that several languages have in common. */
    private static final List<String> WORDS = List.of("language", "язык", "لغة", "भाषा");

    private final com.github.pemistahl.lingua.api.LanguageDetector lingua;
    private final Set<Language> candidates;
    private final Set<Language> expected;

    /** As the other one, with no language more probable than another. */
    public LinguaDetector(Collection<String> codes) {
        this(codes, List.of());
    }

    /**
     * A detector that decides between the given languages.
     *
     * @param codes tags of two languages or more
     * @param expected languages that most texts are in: they are candidates too, if they can be detected, and texts that
     *     tell little are taken for them
     * @throws IllegalArgumentException naming every code that is not supported, or when there are fewer than two
     */
    public LinguaDetector(Collection<String> codes, Collection<String> expected) {
        Map<String, Language> supported = supported();
        TreeSet<String> unsupported = new TreeSet<>(codes);
        unsupported.removeIf(code -> find(code, supported).isPresent());
        if (!unsupported.isEmpty()) {
            throw new IllegalArgumentException(
                    "languages that cannot be detected: " + unsupported + "; supported are " + supported.keySet());
        }
        this.candidates = EnumSet.noneOf(Language.class);
        codes.forEach(code -> find(code, supported).ifPresent(candidates::add));
        if (candidates.size() < 2) {
            throw new IllegalArgumentException("two languages or more are needed to decide between, found " + codes);
        }
        this.expected = EnumSet.noneOf(Language.class);
        expected.forEach(code -> find(code, supported).ifPresent(this.expected::add));
        candidates.addAll(this.expected);
        this.lingua = LanguageDetectorBuilder.fromLanguages(candidates.toArray(new Language[0]))
                .build();
    }

    /** The languages that can be detected, each by the tag that {@link LanguageTag#language} gives. */
    public static Set<String> languages() {
        return supported().keySet();
    }

    /** Loads what the first texts would wait for. */
    public void load() {
        WORDS.forEach(lingua::computeLanguageConfidenceValues);
    }

    @Override
    public Optional<Detection> detect(String text) {
        LanguageEvidence evidence = LanguageEvidence.of(text);
        if (evidence.size() == 0) {
            return Optional.empty();
        }
        Map<Language, Double> relative = lingua.computeLanguageConfidenceValues(evidence.text());
        if (relative.isEmpty()) {
            return Optional.empty();
        }
        LanguageOdds.Best<Language> best = LanguageOdds.best(relative, evidence.size(), expected, candidates.size());
        return LanguageTag.language(code(best.language())).map(code -> new Detection(code, best.probability()));
    }

    private static Map<String, Language> supported() {
        Map<String, Language> supported = new TreeMap<>();
        Arrays.stream(Language.values())
                .filter(language -> language != Language.UNKNOWN)
                .forEach(language ->
                        LanguageTag.language(code(language)).ifPresent(code -> supported.put(code, language)));
        return supported;
    }

    private static Optional<Language> find(String tag, Map<String, Language> supported) {
        return LanguageTag.language(tag).map(supported::get);
    }

    private static String code(Language language) {
        return language.getIsoCode639_1().toString().toLowerCase(Locale.ROOT);
    }
}
