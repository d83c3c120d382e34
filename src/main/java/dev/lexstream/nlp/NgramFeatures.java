package dev.lexstream.nlp;

import dev.lexstream.model.BundleWriter.FileWriter;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.nlp.TaggerInput.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    private static final String NOTHING_KNOWN = Character.toString(Vocabulary.UNKNOWN).repeat(COUNT);

    static NgramFeatures read(ModelBundle bundle) throws IOException {
        return new NgramFeatures(
                TokenizerFile.read(bundle.file(CHARACTERS)), TokenizerFile.read(bundle.file(NGRAMS)));
    }

    @Override
    public Map<String, FileWriter> files() {
        return Map.of(
                CHARACTERS, TokenizerFile.characters(characters)::write,
                NGRAMS, TokenizerFile.whole(ngrams)::write);
    }

    @Override
    public Tokenizer tokenizer() {
        return new CharacterTokenizer();
    }

    @Override
    public List<Form> forms(List<String> tokens) {
        List<String> names = ngrams(tokens);
        List<Form> forms = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            StringBuilder ids = new StringBuilder(COUNT);
            for (int j = 0; j < COUNT; j++) {
                ids.append((char) ngrams.id(names.get(COUNT * i + j)));
            }
            forms.add(new Form(characters.id(normalize(tokens.get(i))), ids.toString()));
        }
        return forms;
    }

    @Override
    public Form unknown(Form form) {
        return new Form(Vocabulary.UNKNOWN, NOTHING_KNOWN);
    }

    /** What the character vocabulary holds for a token. */
    public static String normalize(String token) {
        return WordFeatures.zeros(token);
    }

    /** The n-grams of a sentence's tokens, {@link #COUNT} for each; a pair at an end has an empty neighbour. */
    public static List<String> ngrams(List<String> tokens) {
        List<String> names = new ArrayList<>(COUNT * tokens.size());
        String before = "";
        String current = lower(tokens, 0);
        for (int i = 0; i < tokens.size(); i++) {
            String after = lower(tokens, i + 1);
            names.add(CharacterClass.of(tokens.get(i)).id());
            names.add(before + " " + current);
            names.add(current + " " + after);
            before = current;
            current = after;
        }
        return names;
    }

    private static String lower(List<String> tokens, int index) {
        return index < tokens.size() ? normalize(tokens.get(index)).toLowerCase(Locale.ROOT) : "";
    }
}
