package dev.lexstream.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * How a bundle translates.
 *
 * @param targetLanguage BCP 47 primary language of the translations
 * @param longestSentence tokens of one sentence, its end token included; longer ones are cut
 * @param decoding how translations are searched for
 */
public record TranslationSettings(
        @JsonProperty(value = "target_language", required = true) String targetLanguage,
        @JsonProperty(value = "longest_sentence", required = true) int longestSentence,
        @JsonProperty(value = "decoding", required = true) Decoding decoding) {

    /**
     * Beam search, with the terms of Hugging Face's {@code generate}.
     *
     * @param beam hypotheses kept at each step; 1 is greedy decoding
     * @param lengthPenalty a hypothesis scores its log-probability divided by its length to this power
     * @param noRepeatNgram n-grams of this length occur once at most; 0 allows all
     * @param minLengthFactor fewest tokens, per token of the source
     * @param minLength fewest tokens, added to that
     * @param maxLengthFactor most tokens, per token of the source
     * @param maxLength most tokens, added to that
     */
    public record Decoding(
            @JsonProperty(value = "beam", required = true) int beam,
            @JsonProperty(value = "length_penalty", required = true) double lengthPenalty,
            @JsonProperty(value = "no_repeat_ngram", required = true) int noRepeatNgram,
            @JsonProperty(value = "min_length_factor", required = true) double minLengthFactor,
            @JsonProperty(value = "min_length", required = true) int minLength,
            @JsonProperty(value = "max_length_factor", required = true) double maxLengthFactor,
            @JsonProperty(value = "max_length", required = true) int maxLength) {

        /** Four beams, length penalty 1, no trigram repeated, at least 1 token and at most 2 per source token plus 10. */
        public static final Decoding DEFAULT = new Decoding(4, 1.0, 3, 0, 1, 2.0, 10);

        public Decoding {
            List<String> problems = new ArrayList<>();
            range(problems, "beam", beam, 1, 64);
            range(problems, "length_penalty", lengthPenalty, 0, 10);
            range(problems, "no_repeat_ngram", noRepeatNgram, 0, 100);
            range(problems, "min_length_factor", minLengthFactor, 0, 10);
            range(problems, "min_length", minLength, 0, 1000);
            range(problems, "max_length_factor", maxLengthFactor, minLengthFactor, 10);
            range(problems, "max_length", maxLength, Math.max(1, minLength), 1000);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("decoding: " + String.join("; ", problems));
            }
        }

        private static void range(List<String> problems, String name, double value, double from, double to) {
            if (!(value >= from && value <= to)) {
                problems.add("%s must be in %s..%s, found %s".formatted(name, from, to, value));
            }
        }

        /** The same search with another number of beams. */
        public Decoding withBeam(int beam) {
            return new Decoding(
                    beam, lengthPenalty, noRepeatNgram, minLengthFactor, minLength, maxLengthFactor, maxLength);
        }

        /** What the architectures' {@code translate} takes. */
        public float[] options() {
            return new float[] {
                beam,
                (float) lengthPenalty,
                noRepeatNgram,
                (float) minLengthFactor,
                minLength,
                (float) maxLengthFactor,
                maxLength
            };
        }
    }

    public TranslationSettings {
        if (targetLanguage == null || targetLanguage.isBlank()) {
            throw new IllegalArgumentException(
                    "target_language must be a language code, found '" + targetLanguage + "'");
        }
        if (longestSentence < 2) {
            throw new IllegalArgumentException("longest_sentence must be at least 2, found " + longestSentence);
        }
        if (decoding == null) {
            throw new IllegalArgumentException("decoding is missing");
        }
    }
}
