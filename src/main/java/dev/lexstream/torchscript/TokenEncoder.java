package dev.lexstream.torchscript;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lexstream.torchscript.Parameter.Initial;
import java.util.ArrayList;
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
            List<String> problems = new ArrayList<>();
            Hyperparameters.positive(problems, "words", words);
            Hyperparameters.positive(problems, "characters", characters);
            Hyperparameters.positive(problems, "word_size", wordSize);
            Hyperparameters.positive(problems, "character_size", characterSize);
            Hyperparameters.positive(problems, "character_filters", characterFilters);
            Hyperparameters.positive(problems, "character_window", characterWindow);
            Hyperparameters.product(problems, "character_size times character_window", characterSize, characterWindow);
            if (characterWindow % 2 == 0) {
                problems.add("character_window must be odd, found " + characterWindow);
            }
            Hyperparameters.refuse("encoder words", problems);
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
                    Parameter.of(
                            "character_convolution.weight", spread, characterFilters, characterSize, characterWindow),
                    Parameter.of("character_convolution.bias", spread, characterFilters));
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
            List<String> problems = new ArrayList<>();
            Hyperparameters.positive(problems, "words", words);
            Hyperparameters.positive(problems, "ngrams", ngrams);
            Hyperparameters.positive(problems, "features", features);
            Hyperparameters.positive(problems, "word_size", wordSize);
            Hyperparameters.positive(problems, "ngram_size", ngramSize);
            Hyperparameters.product(problems, "features times ngram_size", features, ngramSize);
            Hyperparameters.refuse("encoder ngrams", problems);
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
        return Parameter.of(name, new Initial.Normal(0.1), rows, size);
    }
}
