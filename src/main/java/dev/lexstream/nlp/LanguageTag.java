package dev.lexstream.nlp;

import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a language tag means, as events, model bundles and pipeline files write it: the canonical primary language by
 * Unicode CLDR, two letters where ISO 639-1 has them, otherwise three. {@code eng}, {@code EN_us.UTF-8} and
 * {@code en;q=0.9} are {@code en}; {@code chi}, {@code cmn} and {@code zh-Hans-CN} are {@code zh}; {@code iw} is
 * {@code he}; {@code zh-yue} is {@code yue}.
 */
public final class LanguageTag {

    /** No tag in use is longer; RFC 5646 asks for room for 35. */
    private static final int LONGEST = 200;

    private static final Pattern PRIMARY = Pattern.compile("[a-z]{2,3}");

    /** Reserved for private use: nobody else knows what they mean. */
    private static final Pattern PRIVATE = Pattern.compile("q[a-t][a-z]");

    /** Not determined, several, none, not coded. */
    private static final Set<String> NO_LANGUAGE = Set.of("und", "mul", "zxx", "mis");

    /**
     * Well formed, and still said where nothing is known: {@code i-default} is whatever a server speaks (RFC 2277),
     * {@code nan}, the code of Min Nan, is what becomes of a missing value in data; Min Nan itself is also
     * {@code zh-min-nan}.
     */
    private static final Set<String> NOT_DECLARED = Set.of("i-default", "nan");

    /** Codes of two letters that mean something; others, such as cn or jp, are none of ISO 639-1. */
    private static final Set<String> TWO_LETTERS = Set.of(Locale.getISOLanguages());

    /** What most events declare, looked up: ICU takes microseconds. */
    private static final Map<String, String> COMMON = TWO_LETTERS.stream()
            .flatMap(code -> canonical(code).map(language -> Map.entry(code, language)).stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private LanguageTag() {}

    /**
     * The language a tag means: of BCP 47, ISO 639-2 or 639-3, a POSIX locale, or a list like that of HTTP's
     * Accept-Language, of which the preferred one counts. A language that it returns
     * means itself.
     *
     * @return empty when the tag names no language: blank, {@code und}, {@code null}, {@code x-private}, or no tag at all
     */
    public static Optional<String> language(String tag) {
        String common = COMMON.get(tag);
        if (common != null) {
            return Optional.of(common);
        }
        String trimmed = tag.strip();
        if (trimmed.length() > LONGEST) {
            return Optional.empty();
        }
        String preferred = preferred(trimmed.toLowerCase(Locale.ROOT).replace('_', '-'));
        if (NOT_DECLARED.contains(preferred)) {
            return Optional.empty();
        }
        String primary = ULocale.forLanguageTag(preferred).getLanguage();
        return primary.isEmpty() ? Optional.empty() : canonical(primary);
    }

    private static String preferred(String tag) {
        if (tag.indexOf(',') < 0 && tag.indexOf(';') < 0) {
            return tag.split("[.@]", 2)[0]; // a POSIX locale's charset and modifier
        }
        try {
            List<LanguageRange> ranges = LanguageRange.parse(tag);
            return ranges.isEmpty() ? "" : ranges.get(0).getRange();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Optional<String> canonical(String primary) {
        String language = ULocale.createCanonical(primary).getLanguage();
        if (language.equals("no")) {
            return Optional.of("nb"); // nearly all of written Norwegian, and what detectors can tell
        }
        boolean known = PRIMARY.matcher(language).matches()
                && !PRIVATE.matcher(language).matches()
                && !NO_LANGUAGE.contains(language)
                && (language.length() == 3 || TWO_LETTERS.contains(language));
        return known ? Optional.of(language) : Optional.empty();
    }
}
