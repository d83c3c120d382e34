package dev.lexstream.nlp;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.TextSettings;
import dev.lexstream.torchscript.LstmTagger;
import java.util.ArrayList;
import java.util.List;

/**
 * Tags texts with an {@link LstmTagger}: each word, or the words or entities found in a text without spaces. Which it is,
 * the bundle says: by its encoder whether tokens are words or characters, by its labels what tags mean.
 */
public final class Tagger implements Task<String, TaggerInput, Tagger.Tags, Tagging> {

    private final TokenFeatures features;
    private final Tokenizer tokenizer;
    private final List<String> labels;
    private final TagScheme scheme;
    private final int longestInput;
    private final TextSettings settings;

    /**
     * Tags and probabilities of one sentence, by token.
     *
     * @param labels indices into the tag set
     * @param scores probabilities, 0 to 1
     */
    public record Tags(int[] labels, float[] scores) {}

    /**
     * @param features of the model's tokens
     * @param labels the tag set, in the order of the model's outputs
     * @param longestInput tokens of a text that the model sees; the rest is left out
     * @param settings whether invisible characters are left out and graphemes stay whole
     */
    public Tagger(TokenFeatures features, List<String> labels, int longestInput, TextSettings settings) {
        this.features = features;
        this.tokenizer = features.tokenizer();
        this.labels = List.copyOf(labels);
        this.scheme = TagScheme.of(labels);
        this.longestInput = longestInput;
        this.settings = settings;
    }

    /**
     * The tagger of a bundle, of whatever kind.
     *
     * @throws BundleException when its vocabularies or labels are not as many as the architecture says
     */
    public static Tagger of(ModelBundle bundle) throws BundleException {
        return new Tagger(
                TokenFeatures.read(bundle),
                bundle.manifest().labels(),
                bundle.manifest().longestInput(),
                bundle.manifest().text());
    }

    /** What its tags mean. */
    public TagScheme scheme() {
        return scheme;
    }

    @Override
    public TaggerInput prepare(String text) {
        TextTokens all = TextTokens.of(text, tokenizer, settings);
        int total = all.texts().size();
        if (total == 0) {
            throw new IllegalArgumentException("the text has no visible characters");
        }
        int length = Math.min(total, longestInput);
        List<Span> spans = new ArrayList<>(length);
        CodePoints offsets = new CodePoints(text);
        for (Span token : all.spans().subList(0, length)) {
            spans.add(new Span(offsets.at(token.begin()), offsets.at(token.end())));
        }
        return new TaggerInput(
                features.forms(all.texts().subList(0, length)),
                spans,
                all.visible().subList(0, length),
                total);
    }

    /** A sentence whose tokens are already known; offsets are those of the tokens joined by single spaces. */
    public TaggerInput prepare(List<String> tokens) {
        List<Span> spans = new ArrayList<>(tokens.size());
        int begin = 0;
        for (String token : tokens) {
            int end = begin + token.codePointCount(0, token.length());
            spans.add(new Span(begin, end));
            begin = end + 1;
        }
        return new TaggerInput(features.forms(seen(tokens)), spans, tokens.size());
    }

    /** Given tokens as the model sees them; one without visible characters stays what it is. */
    private List<String> seen(List<String> tokens) {
        if (!settings.dropInvisible()) {
            return tokens;
        }
        List<String> seen = new ArrayList<>(tokens.size());
        for (String token : tokens) {
            String visible = VisibleText.of(token).text();
            seen.add(visible.isEmpty() ? token : visible);
        }
        return seen;
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
    public Tags blank(TaggerInput input) {
        return new Tags(new int[input.length()], new float[input.length()]);
    }

    @Override
    public Tagging complete(TaggerInput input, Tags tags) {
        FiniteScores.check(tags.scores());
        List<String> names = new ArrayList<>(tags.labels().length);
        for (int label : tags.labels()) {
            names.add(labels.get(label));
        }
        return new Tagging(
                scheme.spans(names, tags.scores(), input.spans(), input.visible()),
                new Coverage(input.length(), input.total()));
    }
}
