package dev.lexstream.nlp;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.nlp.TaggerInput.Form;
import dev.lexstream.torchscript.LstmTagger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tags each word of a text with the LSTM tagger. */
public final class Tagger implements Task<String, TaggerInput, Tagger.Tags, Tagging> {

    private final WordTokenizer tokenizer = new WordTokenizer();
    private final TaggerVocabulary vocabulary;
    private final List<String> labels;
    private final int longestInput;

    /**
     * Tags and probabilities of one sentence, by word.
     *
     * @param labels indices into the tag set
     * @param scores probabilities, 0 to 1
     */
    public record Tags(int[] labels, float[] scores) {}

    /**
     * @param vocabulary of the model
     * @param labels the tag set, in the order of the model's outputs
     * @param longestInput words of a text that the model sees; the rest is left out
     */
    public Tagger(TaggerVocabulary vocabulary, List<String> labels, int longestInput) {
        this.vocabulary = vocabulary;
        this.labels = List.copyOf(labels);
        this.longestInput = longestInput;
    }

    /**
     * The tagger of a bundle.
     *
     * @throws BundleException when its vocabularies or labels are not as many as the architecture says
     */
    public static Tagger of(ModelBundle bundle) throws IOException, BundleException {
        ModelManifest manifest = bundle.manifest();
        TaggerVocabulary vocabulary = TaggerVocabulary.read(bundle);
        List<String> problems = new ArrayList<>();
        if (manifest.architecture() instanceof LstmTagger architecture) {
            expect("words", architecture.words(), vocabulary.words().size(), problems);
            expect(
                    "characters",
                    architecture.characters(),
                    vocabulary.characters().size(),
                    problems);
            expect("labels", architecture.tags(), manifest.labels().size(), problems);
        }
        if (!problems.isEmpty()) {
            throw new BundleException(bundle.folder(), problems);
        }
        return new Tagger(vocabulary, manifest.labels(), manifest.longestInput());
    }

    private static void expect(String what, int expected, int found, List<String> problems) {
        if (found != expected) {
            problems.add(what + ": the architecture has " + expected + ", the bundle " + found);
        }
    }

    @Override
    public TaggerInput prepare(String text) {
        List<Span> words = tokenizer.tokenize(text);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("the text has no visible characters");
        }
        int length = Math.min(words.size(), longestInput);
        List<Form> forms = new ArrayList<>(length);
        List<Span> spans = new ArrayList<>(length);
        CodePoints offsets = new CodePoints(text);
        for (Span word : words.subList(0, length)) {
            forms.add(form(word.of(text)));
            spans.add(new Span(offsets.at(word.begin()), offsets.at(word.end())));
        }
        return new TaggerInput(forms, spans, words.size());
    }

    /** A sentence whose words are already known; offsets are those of the words joined by single spaces. */
    public TaggerInput prepare(List<String> words) {
        List<Form> forms = new ArrayList<>(words.size());
        List<Span> spans = new ArrayList<>(words.size());
        int begin = 0;
        for (String word : words) {
            int end = begin + word.codePointCount(0, word.length());
            forms.add(form(word));
            spans.add(new Span(begin, end));
            begin = end + 1;
        }
        return new TaggerInput(forms, spans, words.size());
    }

    private Form form(String word) {
        return new Form(vocabulary.wordId(word), vocabulary.characterIds(word));
    }

    @Override
    public String method() {
        return "tag";
    }

    @Override
    public NDList batch(NDManager manager, List<TaggerInput> members) {
        return new TaggerBatch(manager, members).arguments();
    }

    @Override
    public List<Tags> unbatch(NDList outputs, List<TaggerInput> members) {
        float[] values = outputs.singletonOrThrow().toFloatArray();
        int longest = values.length / 2 / members.size();
        List<Tags> results = new ArrayList<>(members.size());
        for (int member = 0; member < members.size(); member++) {
            int length = members.get(member).length();
            int[] tags = new int[length];
            float[] scores = new float[length];
            for (int i = 0; i < length; i++) {
                tags[i] = (int) values[member * longest + i];
                scores[i] = values[values.length / 2 + member * longest + i];
            }
            results.add(new Tags(tags, scores));
        }
        return results;
    }

    @Override
    public Tagging complete(TaggerInput input, Tags tags) {
        List<TokenTag> tokens = new ArrayList<>(input.length());
        for (int i = 0; i < input.length(); i++) {
            Span span = input.spans().get(i);
            tokens.add(new TokenTag(span.begin(), span.end(), labels.get(tags.labels()[i]), tags.scores()[i]));
        }
        return new Tagging(tokens, new Coverage(input.length(), input.total()));
    }
}
