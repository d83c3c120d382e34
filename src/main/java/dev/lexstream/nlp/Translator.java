package dev.lexstream.nlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest;
import dev.lexstream.model.TextSettings;
import dev.lexstream.model.TranslationSettings;
import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.RnnSeq2Seq;
import dev.lexstream.torchscript.Transformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Translates a text sentence by sentence with a Transformer or a recurrent network. */
public final class Translator implements Task<String, TranslatorInput, Translator.Tokens, Translation> {

    /** The source side's tokenizer in a translator's bundle. */
    public static final String SOURCE_TOKENIZER = "tokenizer.json";
    /** The target side's tokenizer in a translator's bundle. */
    public static final String TARGET_TOKENIZER = "target-tokenizer.json";

    /** Sentences are cut by characters before their tokens are known; a token has about this many. */
    private static final int CHARACTERS_PER_TOKEN = 1;

    private final SubwordTokenizer source;
    private final SubwordTokenizer target;
    private final TranslationSettings settings;
    private final TextSettings text;
    private final SentenceSplitter splitter;
    private final int longestInput;
    private final float[] repeatable;

    /**
     * What the model makes of one text.
     *
     * @param sentences token ids of each sentence's translation, without special tokens
     * @param scores of the sentences
     */
    public record Tokens(List<long[]> sentences, List<Float> scores) {}

    /**
     * @param source tokenizer of texts
     * @param target tokenizer of translations
     * @param longestInput tokens of a text that are translated; from the first sentence beyond, all are left out
     * @param settings how it is translated
     * @param text whether invisible characters are left out, sentences split and numbers free to repeat
     */
    public Translator(
            SubwordTokenizer source,
            SubwordTokenizer target,
            int longestInput,
            TranslationSettings settings,
            TextSettings text) {
        this.source = source;
        this.target = target;
        this.settings = settings;
        this.longestInput = longestInput;
        this.text = text;
        this.splitter = new SentenceSplitter(CHARACTERS_PER_TOKEN * (settings.longestSentence() - 1));
        this.repeatable = text.repeatNumbers() ? NumberTokens.of(target) : new float[0];
    }

    /**
     * The translator of a bundle, with the bundle's way of decoding.
     *
     * @throws BundleException when its tokenizers do not fit the architecture, or the manifest says nothing of
     *     translation
     */
    public static Translator of(ModelBundle bundle) throws BundleException {
        ModelManifest manifest = bundle.manifest();
        if (manifest.translation() == null || manifest.languages().size() != 1) {
            throw new BundleException(
                    bundle.folder(), List.of("a translator's manifest has one language and a 'translation'"));
        }
        return of(bundle, manifest.translation().decoding());
    }

    /** As {@link #of(ModelBundle)}, with another way of decoding. */
    public static Translator of(ModelBundle bundle, Decoding decoding) throws BundleException {
        ModelManifest manifest = bundle.manifest();
        TranslationSettings trained = manifest.translation();
        List<String> problems = new ArrayList<>();
        if (trained == null || manifest.languages().isEmpty()) {
            throw new BundleException(
                    bundle.folder(), List.of("a translator must have translation settings and the language it reads"));
        }
        SubwordTokenizer source = tokenizer(bundle, SOURCE_TOKENIZER, problems);
        SubwordTokenizer target = tokenizer(bundle, TARGET_TOKENIZER, problems);
        if (problems.isEmpty()) {
            check("source", sourceVocabulary(manifest.architecture()), source.size(), problems);
            check("target", targetVocabulary(manifest.architecture()), target.size(), problems);
        }
        if (!problems.isEmpty()) {
            throw new BundleException(bundle.folder(), problems);
        }
        return new Translator(
                source,
                target,
                manifest.longestInput(),
                new TranslationSettings(trained.targetLanguage(), trained.longestSentence(), decoding),
                manifest.text());
    }

    private static SubwordTokenizer tokenizer(ModelBundle bundle, String name, List<String> problems)
            throws BundleException {
        Path file = bundle.verified(name);
        try {
            return SubwordTokenizer.read(file);
        } catch (IOException e) {
            problems.add(e.getMessage());
            return null;
        }
    }

    private static void check(String side, int expected, int found, List<String> problems) {
        if (expected != found) {
            problems.add(side + " vocabulary: the architecture has " + expected + ", the tokenizer " + found);
        }
    }

    private static int sourceVocabulary(Architecture architecture) {
        if (architecture instanceof Transformer transformer) {
            return transformer.sourceVocabulary();
        }
        return architecture instanceof RnnSeq2Seq rnn ? rnn.sourceVocabulary() : 0;
    }

    private static int targetVocabulary(Architecture architecture) {
        if (architecture instanceof Transformer transformer) {
            return transformer.targetVocabulary();
        }
        return architecture instanceof RnnSeq2Seq rnn ? rnn.targetVocabulary() : 0;
    }

    @Override
    public TranslatorInput prepare(String input) {
        List<String> pieces = sentences(input);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("the text has no visible characters");
        }
        Source all = new Source();
        pieces.forEach(all::add);
        return new TranslatorInput(all.sentences, all.texts, new Coverage(all.processed, all.total));
    }

    private List<String> sentences(String input) {
        String visible = text.dropInvisible() ? VisibleText.of(input).text() : input;
        if (text.splitSentences()) {
            return splitter.split(visible);
        }
        String stripped = SentenceMarks.strip(visible);
        return stripped.isEmpty() ? List.of() : List.of(stripped);
    }

    /** The sentences of one text, until one does not fit. */
    private final class Source {

        private final List<long[]> sentences = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private int processed;
        private int total;
        private boolean full;

        void add(String piece) {
            long[] tokens = source.encode(piece);
            int characters = piece.codePointCount(0, piece.length());
            if (tokens.length > settings.longestSentence() && text.splitSentences() && characters > 1) {
                // Normalization can make more tokens of a piece than it has characters.
                int half = piece.offsetByCodePoints(0, characters / 2);
                add(piece.substring(0, half));
                add(piece.substring(half));
                return;
            }
            total += tokens.length;
            long[] seen = cut(tokens);
            if (!full && (sentences.isEmpty() || processed + seen.length <= longestInput)) {
                sentences.add(seen);
                texts.add(piece);
                processed += seen.length;
                full = seen.length < tokens.length;
            } else {
                full = true;
            }
        }
    }

    /** The beginning of a sentence that has too many tokens. */
    private long[] cut(long[] sentence) {
        if (sentence.length <= settings.longestSentence()) {
            return sentence;
        }
        long[] cut = Arrays.copyOf(sentence, settings.longestSentence());
        cut[cut.length - 1] = SpecialToken.END.id();
        return cut;
    }

    @Override
    public String method() {
        return "translate";
    }

    @Override
    public NDList batch(NDManager manager, List<TranslatorInput> members) {
        List<long[]> rows =
                members.stream().flatMap(member -> member.sentences().stream()).toList();
        NDArray options = manager.create(settings.decoding().options());
        return new NDList(TokenMatrix.of(manager, rows), options, manager.create(repeatable));
    }

    @Override
    public List<Tokens> unbatch(NDList outputs, List<TranslatorInput> members) {
        NDArray output = outputs.singletonOrThrow();
        float[] values = output.toFloatArray();
        int width = Math.toIntExact(output.getShape().get(1));
        List<Tokens> results = new ArrayList<>(members.size());
        int row = 0;
        for (TranslatorInput member : members) {
            List<long[]> sentences = new ArrayList<>();
            List<Float> scores = new ArrayList<>();
            for (int i = 0; i < member.sentences().size(); i++) {
                scores.add(values[row * width]);
                sentences.add(tokens(values, row * width + 1, (row + 1) * width));
                row++;
            }
            results.add(new Tokens(sentences, scores));
        }
        return results;
    }

    private static long[] tokens(float[] values, int begin, int end) {
        long[] tokens = new long[end - begin];
        int length = 0;
        for (int i = begin; i < end && values[i] != 0; i++) {
            tokens[length++] = (long) values[i];
        }
        return Arrays.copyOf(tokens, length);
    }

    /** The tokens of a sentence as they are in the source vocabulary. */
    List<String> sourceTokens(long[] ids) {
        return source.tokens(ids);
    }

    /** The tokens of a translation as they are in the target vocabulary. */
    List<String> targetTokens(long[] ids) {
        return target.tokens(ids);
    }

    @Override
    public Tokens blank(TranslatorInput input) {
        int sentences = input.sentences().size();
        return new Tokens(Collections.nCopies(sentences, new long[0]), Collections.nCopies(sentences, 0f));
    }

    @Override
    public Translation complete(TranslatorInput input, Tokens tokens) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < tokens.sentences().size(); i++) {
            String decoded = target.decode(tokens.sentences().get(i));
            sentences.add(text.copyNumbers() ? LongNumbers.copied(input.texts().get(i), decoded) : decoded);
        }
        double score = 0;
        double weights = 0;
        for (int i = 0; i < tokens.scores().size(); i++) {
            // A sentence's end counts as one of its tokens.
            int weight = tokens.sentences().get(i).length + 1;
            FiniteScores.check(tokens.scores().get(i));
            score += weight * tokens.scores().get(i);
            weights += weight;
        }
        return new Translation(
                settings.targetLanguage(), String.join(" ", sentences), (float) (score / weights), input.coverage());
    }
}
