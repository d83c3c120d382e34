package dev.lexstream.nlp;

import dev.lexstream.model.BundleWriter;
import dev.lexstream.model.ModelBundle;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a tagger sees words: by an id of the normalized word, and by the ids of its characters.
 *
 * @param words normalized words
 * @param characters single code points, as they are
 */
public record TaggerVocabulary(Vocabulary words, Vocabulary characters) {

    /** Of a longer word, the beginning and the end are seen: prefixes and suffixes tell its class. */
    private static final int LONGEST_FORM = 24;

    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private static final String WORDS = "words.txt";
    private static final String CHARACTERS = "characters.txt";

    /** Reads the vocabulary files of a tagger's bundle. */
    public static TaggerVocabulary read(ModelBundle bundle) throws IOException {
        return new TaggerVocabulary(Vocabulary.read(bundle.file(WORDS)), Vocabulary.read(bundle.file(CHARACTERS)));
    }

    /** What {@link #read} reads. */
    public Map<String, BundleWriter.FileWriter> files() {
        return Map.of(WORDS, words::write, CHARACTERS, characters::write);
    }

    /** Words that differ in case or digits only are the same entry. */
    public static String normalize(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.chars().anyMatch(Character::isDigit) ? DIGIT.matcher(lower).replaceAll("0") : lower;
    }

    public int wordId(String word) {
        return words.id(normalize(word));
    }

    /** Ids of a word's code points, at most 24 of them, each as a char. */
    public String characterIds(String word) {
        int[] codePoints = word.codePoints().toArray();
        int length = Math.min(codePoints.length, LONGEST_FORM);
        StringBuilder ids = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int from = i < LONGEST_FORM / 2 ? i : codePoints.length - length + i;
            ids.append((char) characters.id(Character.toString(codePoints[from])));
        }
        return ids.toString();
    }
}
