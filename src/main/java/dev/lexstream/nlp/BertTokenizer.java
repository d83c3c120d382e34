package dev.lexstream.nlp;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns texts into rows of WordPiece tokens, as Hugging Face's {@code BertTokenizer} does: lower case and accents as the
 * {@code tokenizer.json} says, Chinese by character, {@code [CLS] text [SEP]} or {@code [CLS] text [SEP] pair [SEP]}. A
 * special token that is written out in a text is that token, as there.
 *
 * <p>The Hugging Face tokenizer cuts texts into tokens; truncation, windows and padding are done here, because there they
 * are settings of the tokenizer and not of the call.
 *
 * <p>Threading: one instance serves all threads.
 */
public final class BertTokenizer {

    /** The tokenizer's file in a bundle. */
    public static final String FILE = "tokenizer.json";

    /** Special tokens that every vocabulary must have. */
    public static final List<String> SPECIAL_TOKENS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> special;
    private final BitSet words;
    private final int size;

    private BertTokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> special, BitSet words, int size) {
        this.tokenizer = tokenizer;
        this.special = Map.copyOf(special);
        this.words = words;
        this.size = size;
    }

    /**
     * The tokenizer of a bundle.
     *
     * @throws BundleException when its {@code tokenizer.json} is missing or no WordPiece tokenizer, or lacks special
     *     tokens, naming all that are missing
     */
    public static BertTokenizer of(ModelBundle bundle) throws BundleException {
        try {
            return read(bundle.verified(FILE));
        } catch (IOException e) {
            throw new BundleException(bundle.folder(), List.of(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Reads a {@code tokenizer.json}.
     *
     * @throws IOException when it cannot be read, is no WordPiece tokenizer or lacks special tokens
     */
    public static BertTokenizer read(Path file) throws IOException {
        return parse(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads the content of a {@code tokenizer.json}.
     *
     * @param where it is from, for messages
     * @throws IOException when it is no WordPiece tokenizer or lacks special tokens
     */
    public static BertTokenizer parse(String where, byte[] json) throws IOException {
        JsonNode model = new ObjectMapper().readTree(json).path("model");
        if (!model.path("type").asText().equals("WordPiece")) {
            throw new IOException(where + ": the model's type must be WordPiece, found '"
                    + model.path("type").asText() + "'");
        }
        Map<String, Integer> special = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String token : SPECIAL_TOKENS) {
            JsonNode id = model.path("vocab").path(token);
            if (id.isInt()) {
                special.put(token, id.asInt());
            } else {
                missing.add(token);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(where + ": the vocabulary must have " + SPECIAL_TOKENS + ", missing are " + missing);
        }
        int size = size(where, model.path("vocab"));
        return new BertTokenizer(open(where, json), special, words(model.path("vocab")), size);
    }

    /** The ids of tokens with a letter or a digit, those in brackets left out. */
    private static BitSet words(JsonNode vocabulary) {
        BitSet words = new BitSet();
        vocabulary.properties().forEach(entry -> {
            if (!entry.getKey().startsWith("[") && entry.getKey().codePoints().anyMatch(Character::isLetterOrDigit)) {
                words.set(entry.getValue().asInt());
            }
        });
        return words;
    }

    /** One more than the largest id. */
    private static int size(String where, JsonNode vocabulary) throws IOException {
        int size = 0;
        for (JsonNode id : vocabulary) {
            if (!id.isInt() || id.asInt() < 0 || id.asInt() == Integer.MAX_VALUE) {
                throw new IOException(where + ": ids must be whole numbers from 0, found " + id);
            }
            size = Math.max(size, id.asInt() + 1);
        }
        return size;
    }

    private static HuggingFaceTokenizer open(String where, byte[] json) throws IOException {
        System.setProperty("ai.djl.offline", "true");
        try (InputStream in = new ByteArrayInputStream(json)) {
            return HuggingFaceTokenizer.newInstance(in, Map.of("truncation", "false", "padding", "false"));
        } catch (RuntimeException e) {
            throw new IOException(where + ": no tokenizer can be made of this: " + e.getMessage(), e);
        }
    }

    /** Number of ids. */
    public int size() {
        return size;
    }

    /** The id of one of {@link #SPECIAL_TOKENS}. */
    public int id(String specialToken) {
        return special.get(specialToken);
    }

    /**
     * How much of a text the vocabulary knows.
     *
     * @param rows of token ids
     * @return known tokens as a share of the known and the unknown ones, punctuation left out, 0 to 1; 0 when there are
     *     neither
     */
    double known(List<int[]> rows) {
        int unknown = id("[UNK]");
        int all = 0;
        int known = 0;
        for (int[] row : rows) {
            for (int token : row) {
                boolean word = words.get(token);
                known += word ? 1 : 0;
                all += word || token == unknown ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) known / all;
    }

    /** Encodes one text, see {@link #encode(String, String, EncodingOptions)}. */
    public BertEncoding encode(String text, EncodingOptions options) {
        return new WindowLayout(this, options).rows(pieces(text, options.returnOffsets()), null);
    }

    /**
     * Encodes a pair of texts.
     *
     * <p>What does not fit is cut from the end of the text that {@code options} names, and follows in overflowing
     * windows. Each window of a shortened text begins {@code stride} tokens before the end of the one before; where both
     * texts are shortened their windows go in step and the shorter text repeats its last one. Every token is in some
     * window.
     *
     * @throws IllegalArgumentException when no token of a text to be shortened would fit, or the stride leaves no
     *     progress; says the numbers
     */
    public BertEncoding encode(String text, String textPair, EncodingOptions options) {
        return new WindowLayout(this, options)
                .rows(pieces(text, options.returnOffsets()), pieces(textPair, options.returnOffsets()));
    }

    /**
     * The tokens of a text alone. Asks the native library for what is needed and no more: each answer is a copy. Its call for
     * many texts at once takes 10 to 30 % more processor time for each.
     */
    WordPieces pieces(String text, boolean offsets) {
        if (text.isEmpty()) {
            return WordPieces.NONE;
        }
        TokenizersLibrary library = TokenizersLibrary.LIB;
        long encoding = library.encode(tokenizer.getHandle(), withoutBrokenChars(text), false);
        try {
            return new WordPieces(
                    ids(library.getTokenIds(encoding)),
                    offsets ? spans(library.getTokenCharSpans(encoding)) : List.of());
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    private static int[] ids(long[] tokens) {
        int[] ids = new int[tokens.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Math.toIntExact(tokens[i]);
        }
        return ids;
    }

    private static List<Span> spans(CharSpan[] spans) {
        return Arrays.stream(spans)
                .map(span -> new Span(span.getStart(), span.getEnd()))
                .toList();
    }

    /**
     * Lone surrogates and NUL have no place in the native tokenizer's UTF-8: they would shift the offsets of all that
     * follows. The replacement character is dropped by BERT's normalizer just as they should be.
     */
    private static String withoutBrokenChars(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c == 0 || Character.getType(c) == Character.SURROGATE) {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, '\uFFFD');
            } else if (Character.isSupplementaryCodePoint(c)) {
                i++;
            }
        }
        return clean == null ? text : clean.toString();
    }
}
