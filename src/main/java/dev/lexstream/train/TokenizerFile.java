package dev.lexstream.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.nlp.SpecialToken;
import dev.lexstream.train.SubwordLearner.Merge;
import dev.lexstream.train.SubwordLearner.Subwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code tokenizer.json} of one side of a translator, in the format of Hugging Face's tokenizers: byte-pair encoding
 * over the pieces of {@link Pretokenizer}, the special tokens first.
 */
final class TokenizerFile {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Subwords subwords;
    private final boolean spaced;
    private final boolean begin;

    /**
     * @param subwords the vocabulary without special tokens, and its merges
     * @param spaced whether words are separated by spaces
     * @param begin whether a text gets a begin token, besides its end token
     */
    TokenizerFile(Subwords subwords, boolean spaced, boolean begin) {
        this.subwords = subwords;
        this.spaced = spaced;
        this.begin = begin;
    }

    /** Learns subwords from texts. */
    static Subwords learn(Iterable<String> texts, boolean spaced, int size, int minCount) {
        Pretokenizer pretokenizer = new Pretokenizer(spaced);
        Map<String, Long> pieces = new HashMap<>();
        for (String text : texts) {
            pretokenizer.pieces(text).forEach(piece -> pieces.merge(piece, 1L, Long::sum));
        }
        return SubwordLearner.learn(pieces, size - SpecialToken.values().length, minCount, "");
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(json()) + "\n");
    }

    private ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        // Special tokens are no added tokens: a text that spells one out must not become one.
        root.putArray("added_tokens");
        normalizer(root.putObject("normalizer"));
        pretokenizer(root.putObject("pre_tokenizer"));
        template(root.putObject("post_processor"));
        root.set("decoder", metaspace());
        model(root.putObject("model"));
        return root;
    }

    private static void normalizer(ObjectNode node) {
        ArrayNode steps = node.put("type", "Sequence").putArray("normalizers");
        steps.addObject().put("type", "NFKC");
        ObjectNode spaces = steps.addObject().put("type", "Replace");
        spaces.putObject("pattern").put("Regex", "\\s+");
        spaces.put("content", " ");
        steps.addObject().put("type", "Strip").put("strip_left", true).put("strip_right", true);
    }

    private void pretokenizer(ObjectNode node) {
        ArrayNode steps = node.put("type", "Sequence").putArray("pretokenizers");
        steps.add(metaspace());
        steps.addObject().put("type", "Punctuation").put("behavior", "Isolated");
        steps.addObject().put("type", "Digits").put("individual_digits", true);
    }

    private ObjectNode metaspace() {
        return JSON.createObjectNode()
                .put("type", "Metaspace")
                .put("replacement", String.valueOf(Pretokenizer.MARK))
                .put("prepend_scheme", spaced ? "always" : "never")
                .put("split", true);
    }

    private void template(ObjectNode node) {
        node.put("type", "TemplateProcessing");
        List<SpecialToken> single = begin ? List.of(SpecialToken.BEGIN, SpecialToken.END) : List.of(SpecialToken.END);
        for (String kind : List.of("single", "pair")) {
            ArrayNode template = node.putArray(kind);
            if (begin) {
                special(template, SpecialToken.BEGIN);
            }
            sequence(template, "A");
            if (kind.equals("pair")) {
                sequence(template, "B");
            }
            special(template, SpecialToken.END);
        }
        ObjectNode tokens = node.putObject("special_tokens");
        for (SpecialToken token : single) {
            ObjectNode entry = tokens.putObject(token.text()).put("id", token.text());
            entry.putArray("ids").add(token.id());
            entry.putArray("tokens").add(token.text());
        }
    }

    private static void special(ArrayNode template, SpecialToken token) {
        template.addObject().putObject("SpecialToken").put("id", token.text()).put("type_id", 0);
    }

    private static void sequence(ArrayNode template, String id) {
        template.addObject().putObject("Sequence").put("id", id).put("type_id", 0);
    }

    private void model(ObjectNode node) {
        node.put("type", "BPE").putNull("dropout").put("unk_token", SpecialToken.UNKNOWN.text());
        node.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        node.put("fuse_unk", true).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = node.putObject("vocab");
        for (SpecialToken token : SpecialToken.values()) {
            vocabulary.put(token.text(), token.id());
        }
        for (String token : subwords.tokens()) {
            vocabulary.put(token, vocabulary.size());
        }
        ArrayNode merges = node.putArray("merges");
        for (Merge merge : subwords.merges()) {
            merges.add(merge.left() + " " + merge.right());
        }
    }
}
