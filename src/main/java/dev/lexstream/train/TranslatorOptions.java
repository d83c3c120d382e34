package dev.lexstream.train;

import dev.lexstream.torchscript.Architecture;

/**
 * What a translator is to be.
 *
 * @param info what the bundle says of itself; its first language is the source language
 * @param targetLanguage BCP 47 primary language of the translations
 * @param sourceVocabulary tokens of the source language, at most
 * @param targetVocabulary tokens of the target language, at most
 * @param minCount code points seen less often are unknown
 * @param longestInput tokens of a sentence, on either side; longer pairs are left out of training
 * @param network makes the architecture
 * @param settings of the training itself
 */
public record TranslatorOptions(
        BundleInfo info,
        String targetLanguage,
        int sourceVocabulary,
        int targetVocabulary,
        int minCount,
        int longestInput,
        Network network,
        TrainingSettings settings) {

    /** Makes the architecture for vocabularies of known sizes. */
    @FunctionalInterface
    public interface Network {
        Architecture of(int sourceVocabulary, int targetVocabulary);
    }
}
