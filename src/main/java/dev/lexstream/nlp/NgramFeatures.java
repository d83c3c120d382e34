package dev.lexstream.nlp;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.BundleWriter.FileWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.TaggerInput.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Characters, seen by an id of their own, by their class, and by the pairs they form with their neighbours.
 *
 * @param characters tokens of {@link CharacterTokenizer}, digits as zeros
 * @param ngrams names of classes, and pairs: two tokens in lower case with a space between
 */
public record NgramFeatures(Vocabulary characters, Vocabulary ngrams) implements TokenFeatures {

    /** N-grams that each token is seen with: its class, the pair it ends and the pair it begins. */
    public static final int COUNT = 3;

    /** More n-grams than their ids, which are chars, can tell apart. */
    public static final int MOST = Character.MAX_VALUE - Vocabulary.RESERVED;

    private static final String CHARACTERS = "tokenizer.json";
    private static final String NGRAMS = "ngrams.json";

    private static final int CLASS = 0;
    private static final int PAIR_BEFORE = 1;
    private static final int PAIR_AFTER = 2;

    static NgramFeatures read(ModelBundle bundle) throws IOException, BundleException {
        return new NgramFeatures(
                WordLevelFile.read(bundle.verified(CHARACTERS)), WordLevelFile.read(bundle.verified(NGRAMS)));
    }

    @Override
    public Map<String, FileWriter> files() {
        return Map.of(
                CHARACTERS, WordLevelFile.characters(characters)::write,
                NGRAMS, WordLevelFile.whole(ngrams)::write);
    }

    @Override
    public Tokenizer tokenizer() {
        return new CharacterTokenizer();
    }

    @Override
    public List<Form> forms(List<String> tokens) {
        List<String> names = ngrams(tokens);
        List<Form> forms = new ArrayList<>(tokens.size());
        int before = tokens.isEmpty() ? 0 : ngrams.id(names.get(PAIR_BEFORE));
        for (int i = 0; i < tokens.size(); i++) {
            int own = ngrams.id(names.get(COUNT * i + CLASS));
            int after = ngrams.id(names.get(COUNT * i + PAIR_AFTER));
            String ids = new String(new char[] {(char) own, (char) before, (char) after});
            forms.add(new Form(characters.id(normalize(tokens.get(i))), ids));
            before = after; // the pair that a token begins is the one that the next token ends
        }
        return forms;
    }

    @Override
    public Form forget(Form form, double probability, SplittableRandom random) {
        int character = random.nextDouble() < probability ? Vocabulary.UNKNOWN : form.word();
        StringBuilder ids = new StringBuilder(form.characters());
        for (int i = CLASS + 1; i < COUNT; i++) {
            if (random.nextDouble() < probability) {
                ids.setCharAt(i, (char) Vocabulary.UNKNOWN);
            }
        }
        return new Form(character, ids.toString());
    }

    /** A sentence in which some tokens are hidden, and with them the pairs they are part of. */
    public static List<Form> mask(List<Form> forms, BitSet hidden) {
        List<Form> masked = new ArrayList<>(forms.size());
        for (int i = 0; i < forms.size(); i++) {
            StringBuilder ids = new StringBuilder(forms.get(i).characters());
            if (hidden.get(i)) {
                ids.setCharAt(CLASS, (char) Vocabulary.UNKNOWN);
            }
            if (hidden.get(i) || (i > 0 && hidden.get(i - 1))) {
                ids.setCharAt(PAIR_BEFORE, (char) Vocabulary.UNKNOWN);
            }
            if (hidden.get(i) || hidden.get(i + 1)) {
                ids.setCharAt(PAIR_AFTER, (char) Vocabulary.UNKNOWN);
            }
            masked.add(
                    new Form(hidden.get(i) ? Vocabulary.UNKNOWN : forms.get(i).word(), ids.toString()));
        }
        return masked;
    }

    /** What the character vocabulary holds for a token. */
    public static String normalize(String token) {
        return WordFeatures.zeros(token);
    }

    /** The n-grams of a sentence's tokens, {@link #COUNT} for each; a pair at an end has an empty neighbour. */
    public static List<String> ngrams(List<String> tokens) {
        List<String> names = new ArrayList<>(COUNT * tokens.size());
        String current = lower(tokens, 0);
        String pairBefore = " " + current;
        for (int i = 0; i < tokens.size(); i++) {
            String after = lower(tokens, i + 1);
            String pairAfter = current + " " + after;
            names.add(CharacterClass.of(tokens.get(i)).id());
            names.add(pairBefore);
            names.add(pairAfter);
            current = after;
            pairBefore = pairAfter;
        }
        return names;
    }

    private static String lower(List<String> tokens, int index) {
        return index < tokens.size() ? LowerCase.of(normalize(tokens.get(index))) : "";
    }
}
