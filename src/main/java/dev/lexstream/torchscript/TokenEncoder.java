package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.Arrays;
import java.util.List;

/** How a tagger sees one token: what goes into its LSTM. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TokenEncoder.Words.class, name = "words"),
    @JsonSubTypes.Type(value = TokenEncoder.Ngrams.class, name = "ngrams")
})
public sealed interface TokenEncoder {

    /** Name of the source file, without ending. */
    String source();

    /** The learned tensors. */
    List<Parameter> parameters();

    /** Length of an encoded token. */
    int width();

    /**
     * Words by their embedding and a convolution over their characters, after Ma and Hovy, "End-to-end Sequence Labeling
     * via Bi-directional LSTM-CNNs-CRF" (2016).
     *
     * @param words size of the word vocabulary
     * @param characters size of the character vocabulary
     * @param wordSize length of a word's embedding
     * @param characterSize length of a character's embedding
     * @param characterFilters channels of the convolution
     * @param characterWindow characters that a filter sees, odd
     */
    record Words(
            @JsonProperty("words") int words,
            @JsonProperty("characters") int characters,
            @JsonProperty("word_size") int wordSize,
            @JsonProperty("character_size") int characterSize,
            @JsonProperty("character_filters") int characterFilters,
            @JsonProperty("character_window") int characterWindow)
            implements TokenEncoder {

        public Words {
            positive("words", words);
            positive("characters", characters);
            positive("word_size", wordSize);
            positive("character_size", characterSize);
            positive("character_filters", characterFilters);
            positive("character_window", characterWindow);
            if (characterWindow % 2 == 0) {
                throw new IllegalArgumentException("character_window must be odd, found " + characterWindow);
            }
        }

        @Override
        public String source() {
            return "word_encoder";
        }

        @Override
        public int width() {
            return wordSize + characterFilters;
        }

        @Override
        public List<Parameter> parameters() {
            Initial spread = new Initial.Uniform(Math.sqrt(1.0 / (characterSize * characterWindow)));
            return List.of(
                    embedding("word_embedding.weight", words, wordSize),
                    embedding("character_embedding.weight", characters, characterSize),
                    new Parameter(
                            "character_convolution.weight",
                            shape(characterFilters, characterSize, characterWindow),
                            spread),
                    new Parameter("character_convolution.bias", shape(characterFilters), spread));
        }
    }

    /**
     * Characters by their embedding and those of n-grams around them, after Shao et al., "Character-based Joint
     * Segmentation and POS Tagging for Chinese using Bidirectional RNN-CRF" (2017).
     *
     * @param words size of the character vocabulary
     * @param ngrams size of the n-gram vocabulary
     * @param features n-grams that each character is seen with
     * @param wordSize length of a character's embedding
     * @param ngramSize length of an n-gram's embedding
     */
    record Ngrams(
            @JsonProperty("words") int words,
            @JsonProperty("ngrams") int ngrams,
            @JsonProperty("features") int features,
            @JsonProperty("word_size") int wordSize,
            @JsonProperty("ngram_size") int ngramSize)
            implements TokenEncoder {

        public Ngrams {
            positive("words", words);
            positive("ngrams", ngrams);
            positive("features", features);
            positive("word_size", wordSize);
            positive("ngram_size", ngramSize);
        }

        @Override
        public String source() {
            return "ngram_encoder";
        }

        @Override
        public int width() {
            return wordSize + features * ngramSize;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    embedding("word_embedding.weight", words, wordSize),
                    embedding("ngram_embedding.weight", ngrams, ngramSize));
        }
    }

    private static Parameter embedding(String name, int rows, int size) {
        return new Parameter(name, shape(rows, size), new Initial.Normal(0.1));
    }

    private static List<Long> shape(int... sizes) {
        return Arrays.stream(sizes).mapToObj(Long::valueOf).toList();
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, found " + value);
        }
    }
}
