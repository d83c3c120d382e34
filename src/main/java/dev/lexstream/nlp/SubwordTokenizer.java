package dev.lexstream.nlp;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code tokenizer.json} of a translator, run by Hugging Face's tokenizers through DJL.
 *
 * <p>Threading: one instance serves all threads. Its native memory lives as long as the process.
 */
public final class SubwordTokenizer {

    private final HuggingFaceTokenizer tokenizer;
    private final Map<Long, String> tokens;

    private SubwordTokenizer(HuggingFaceTokenizer tokenizer, Map<Long, String> tokens) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
    }

    /**
     * Loads a file.
     *
     * @throws IOException when it cannot be read, is no tokenizer, or lacks special tokens; all of them are named
     */
    public static SubwordTokenizer read(Path file) throws IOException {
        JsonNode vocabulary =
                new ObjectMapper().readTree(file.toFile()).path("model").path("vocab");
        List<String> problems = new ArrayList<>();
        for (SpecialToken token : SpecialToken.values()) {
            if (vocabulary.path(token.text()).asInt(-1) != token.id()) {
                problems.add("'" + token.text() + "' must have id " + token.id() + ", found "
                        + (vocabulary.has(token.text()) ? vocabulary.path(token.text()) : "no such token"));
            }
        }
        if (!problems.isEmpty()) {
            throw new IOException(file + ": the vocabulary cannot serve translation: " + String.join("; ", problems));
        }
        try {
            Map<String, String> options = Map.of("truncation", "false", "padding", "false");
            Map<Long, String> tokens = new HashMap<>();
            for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
                JsonNode id = entry.getValue();
                if (!id.isInt()
                        || id.asInt() < 0
                        || id.asInt() >= vocabulary.size()
                        || tokens.put(id.asLong(), entry.getKey()) != null) {
                    throw new IOException(file + ": ids must be 0 to " + (vocabulary.size() - 1) + ", each once, found "
                            + id + " for '" + entry.getKey() + "'");
                }
            }
            return new SubwordTokenizer(HuggingFaceTokenizer.newInstance(file, options), tokens);
        } catch (RuntimeException e) {
            throw new IOException(file + ": not a tokenizer.json that can be used: " + e.getMessage(), e);
        }
    }

    /** Number of ids, special tokens included. */
    public int size() {
        return tokens.size();
    }

    /** The ids of a text, special tokens as the file's template has them. */
    public long[] encode(String text) {
        return tokenizer.encode(text).getIds();
    }

    /** The ids of many texts, computed by the native library on threads of its own. */
    public List<long[]> encode(List<String> texts) {
        List<long[]> ids = new ArrayList<>(texts.size());
        for (var encoding : tokenizer.batchEncode(texts)) {
            ids.add(encoding.getIds());
        }
        return ids;
    }

    /** The text of ids without special tokens. */
    public String decode(long[] ids) {
        return tokenizer.decode(ids, false).strip();
    }

    /** The tokens of ids as they are in the vocabulary. */
    public List<String> tokens(long[] ids) {
        return Arrays.stream(ids).mapToObj(tokens::get).toList();
    }
}
