package dev.lexstream.nlp;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter.FileWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.TaggerInput.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Words, seen by an id of the normalized word and by the ids of their characters.
 *
 * @param words normalized words
 * @param characters single code points, as they are
 */
public record WordFeatures(Vocabulary words, Vocabulary characters) implements TokenFeatures {

    /** Of a longer word, the beginning and the end are seen: prefixes and suffixes tell its class. */
    private static final int LONGEST_FORM = 24;

    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private static final String WORDS = "tokenizer.json";
    private static final String CHARACTERS = "characters.json";

    static WordFeatures read(ModelBundle bundle) throws IOException, BundleException {
        return new WordFeatures(
                WordLevelFile.read(bundle.verified(WORDS)), WordLevelFile.read(bundle.verified(CHARACTERS)));
    }

    @Override
    public Map<String, FileWriter> files() {
        return Map.of(
                WORDS, WordLevelFile.words(words)::write,
                CHARACTERS, WordLevelFile.codePoints(characters)::write);
    }

    @Override
    public Tokenizer tokenizer() {
        return new WordTokenizer();
    }

    @Override
    public List<Form> forms(List<String> tokens) {
        List<Form> forms = new ArrayList<>(tokens.size());
        for (String word : tokens) {
            forms.add(new Form(words.id(normalize(word)), characterIds(word)));
        }
        return forms;
    }

    @Override
    public Form forget(Form form, double probability, SplittableRandom random) {
        return random.nextDouble() < probability ? new Form(Vocabulary.UNKNOWN, form.characters()) : form;
    }

    /** Words that differ in case or digits only are the same entry. */
    public static String normalize(String word) {
        return zeros(LowerCase.of(word));
    }

    /** Every decimal digit becomes a zero. */
    static String zeros(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isDigit(word.charAt(i))) {
                return DIGIT.matcher(word).replaceAll("0");
            }
        }
        return word;
    }

    /** Ids of a word's code points, at most 24 of them, each as a char. */
    private String characterIds(String word) {
        int all = word.codePointCount(0, word.length());
        int left = Math.max(0, all - LONGEST_FORM);
        StringBuilder ids = new StringBuilder(all - left);
        for (int at = 0; at < word.length(); at = word.offsetByCodePoints(at, 1)) {
            if (left > 0 && ids.length() == LONGEST_FORM / 2) {
                at = word.offsetByCodePoints(at, left);
                left = 0;
            }
            ids.append((char) characters.id(word.codePointAt(at)));
        }
        return ids.toString();
    }
}
