package dev.lexstream.train;

import dev.lexstream.model.TranslationSettings.Decoding;
import dev.lexstream.torchscript.Architecture;
import java.util.Objects;

/**
 * What a translator is to be.
 *
 * @param info what the bundle says of itself; its one language is the source language
 * @param targetLanguage BCP 47 primary language of the translations
 * @param sourceVocabulary tokens of the source language, at most
 * @param targetVocabulary tokens of the target language, at most
 * @param minCount code points seen less often are unknown
 * @param longestSentence tokens of a sentence, on either side
 * @param skipLonger whether longer pairs are left out of training rather than refused
 * @param longestInput tokens of a text that the bundle translates, all sentences together
 * @param decoding how the bundle searches for translations
 * @param network makes the architecture
 * @param settings of the training itself
 */
public record TranslatorOptions(
        BundleInfo info,
        String targetLanguage,
        int sourceVocabulary,
        int targetVocabulary,
        int minCount,
        int longestSentence,
        boolean skipLonger,
        int longestInput,
        Decoding decoding,
        Network network,
        TrainingSettings settings) {

    /** Makes the architecture for vocabularies of known sizes. */
    @FunctionalInterface
    public interface Network {
        Architecture of(int sourceVocabulary, int targetVocabulary);
    }

    public TranslatorOptions {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(targetLanguage, "targetLanguage");
        Objects.requireNonNull(decoding, "decoding");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(settings, "settings");
        if (info.languages().size() != 1) {
            throw new IllegalArgumentException("a translator has one source language, found " + info.languages());
        }
    }
}
