package dev.lexstream.nlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A vocabulary as a {@code tokenizer.json} of Hugging Face's tokenizers: model {@code WordLevel}, with what is done to a
 * text before. Taggers look ids up in the vocabulary itself, since they need them by token; the file gives the same ids to
 * anyone who loads it.
 *
 * @param vocabulary whose ids the file gives
 * @param normalizer {@code normalizer} of the file, or null
 * @param preTokenizer {@code pre_tokenizer} of the file, or null when a text is one token
 */
record WordLevelFile(Vocabulary vocabulary, ObjectNode normalizer, ObjectNode preTokenizer) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LOWERCASE = "{\"type\":\"Lowercase\"}";
    private static final String ZEROS =
            "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\\\\p{Nd}\"},\"content\":\"0\"}";

    /** Words of a text in which they are already separated by white space, in lower case with digits as zeros. */
    static WordLevelFile words(Vocabulary vocabulary) {
        return new WordLevelFile(
                vocabulary,
                node("{\"type\":\"Sequence\",\"normalizers\":[" + LOWERCASE + "," + ZEROS + "]}"),
                node("{\"type\":\"WhitespaceSplit\"}"));
    }

    /** Code points, as they are. */
    static WordLevelFile codePoints(Vocabulary vocabulary) {
        return new WordLevelFile(vocabulary, null, split("(?m)[\\s\\S]"));
    }

    /** Tokens of {@link CharacterTokenizer}, digits as zeros. */
    static WordLevelFile characters(Vocabulary vocabulary) {
        return new WordLevelFile(vocabulary, node(ZEROS), split(CharacterTokenizer.TOKEN));
    }

    /** Texts that are entries. */
    static WordLevelFile whole(Vocabulary vocabulary) {
        return new WordLevelFile(vocabulary, null, null);
    }

    /** Keeps what matches a pattern. */
    private static ObjectNode split(String pattern) {
        ObjectNode split = JSON.createObjectNode().put("type", "Split");
        split.putObject("pattern").put("Regex", pattern);
        return split.put("behavior", "Removed").put("invert", true);
    }

    private static ObjectNode node(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }

    void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding").putArray("added_tokens");
        root.set("normalizer", normalizer);
        root.set("pre_tokenizer", preTokenizer);
        root.putNull("post_processor").putNull("decoder");
        ObjectNode model = root.putObject("model").put("type", "WordLevel");
        ObjectNode ids = model.putObject("vocab");
        vocabulary.ids().forEach(ids::put);
        model.put("unk_token", Vocabulary.UNKNOWN_ENTRY);
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    /**
     * The vocabulary of a file.
     *
     * @throws IOException when the file is not of this form: says what is wrong
     */
    static Vocabulary read(Path file) throws IOException {
        JsonNode model;
        try {
            model = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))
                    .path("model");
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new IOException(file + line + ": " + e.getOriginalMessage(), e);
        }
        if (!model.path("type").asText().equals("WordLevel")
                || !model.path("vocab").isObject()) {
            throw new IOException(
                    file + ": model must be of type WordLevel with a vocab, found type " + model.path("type"));
        }
        JsonNode vocab = model.path("vocab");
        List<String> entries = new ArrayList<>(Collections.nCopies(vocab.size(), null));
        for (Map.Entry<String, JsonNode> field : vocab.properties()) {
            int id = field.getValue().asInt(-1);
            if (id < 0 || id >= vocab.size() || entries.set(id, field.getKey()) != null) {
                throw new IOException(file + ": ids must be 0 to " + (vocab.size() - 1) + ", each once, found "
                        + field.getValue() + " for '" + field.getKey() + "'");
            }
        }
        if (entries.size() < Vocabulary.RESERVED
                || !entries.get(Vocabulary.PADDING).equals(Vocabulary.PADDING_ENTRY)
                || !entries.get(Vocabulary.UNKNOWN).equals(Vocabulary.UNKNOWN_ENTRY)) {
            throw new IOException(
                    file + ": id 0 must be " + Vocabulary.PADDING_ENTRY + " and id 1 " + Vocabulary.UNKNOWN_ENTRY);
        }
        return new Vocabulary(entries.subList(Vocabulary.RESERVED, entries.size()));
    }
}
