package dev.lexstream.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lexstream.nlp.BertTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tokens of a BERT: the special ones with ids 0 to 4, then characters and pieces of words; a piece that does not
 * begin its word has the prefix {@code ##}.
 */
final class WordPieceVocabulary {

    private static final String PREFIX = "##";
    private static final int LONGEST_WORD = 100;

    private final List<String> tokens;

    private WordPieceVocabulary(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Learns a vocabulary.
     *
     * @param texts to learn from
     * @param minCount characters seen less often are unknown
     */
    static WordPieceVocabulary learn(List<String> texts, int minCount) {
        Map<String, Integer> pieces = new TreeMap<>();
        for (String text : texts) {
            for (String word : BertWords.of(text)) {
                String prefix = "";
                for (int c : word.codePoints().toArray()) {
                    pieces.merge(prefix + Character.toString(c), 1, Integer::sum);
                    prefix = PREFIX;
                }
            }
        }
        LinkedHashSet<String> tokens = new LinkedHashSet<>(BertTokenizer.SPECIAL_TOKENS);
        pieces.forEach((piece, count) -> {
            if (count >= minCount) {
                tokens.add(piece);
            }
        });
        return new WordPieceVocabulary(new ArrayList<>(tokens));
    }

    int size() {
        return tokens.size();
    }

    /** A {@code tokenizer.json} as Hugging Face's tokenizers read it. */
    byte[] json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < BertTokenizer.SPECIAL_TOKENS.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", tokens.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", true);
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        root.set("post_processor", template());
        root.putObject("decoder").put("type", "WordPiece").put("prefix", PREFIX).put("cleanup", true);
        ObjectNode vocabulary = root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", PREFIX)
                .put("max_input_chars_per_word", LONGEST_WORD)
                .putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode template() {
        ObjectNode template = JsonNodeFactory.instance.objectNode().put("type", "TemplateProcessing");
        ArrayNode single = template.putArray("single");
        special(single, "[CLS]", 0);
        sequence(single, "A", 0);
        special(single, "[SEP]", 0);
        ArrayNode pair = template.putArray("pair");
        pair.addAll(single.deepCopy());
        sequence(pair, "B", 1);
        special(pair, "[SEP]", 1);
        ObjectNode ids = template.putObject("special_tokens");
        for (String token : List.of("[CLS]", "[SEP]")) {
            ObjectNode entry = ids.putObject(token).put("id", token);
            entry.putArray("ids").add(tokens.indexOf(token));
            entry.putArray("tokens").add(token);
        }
        return template;
    }

    private static void special(ArrayNode template, String token, int type) {
        template.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
    }

    private static void sequence(ArrayNode template, String id, int type) {
        template.addObject().putObject("Sequence").put("id", id).put("type_id", type);
    }
}
