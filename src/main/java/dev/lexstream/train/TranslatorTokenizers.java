package dev.lexstream.train;

import dev.lexstream.model.BundleWriter.FileWriter;
import dev.lexstream.nlp.SubwordTokenizer;
import dev.lexstream.nlp.Translator;
import dev.lexstream.train.SubwordLearner.Subwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tokenizers of a translator in training.
 *
 * @param source of its texts, which get an end token
 * @param target of its translations, which get a begin token too
 * @param files what a bundle has of them
 */
record TranslatorTokenizers(SubwordTokenizer source, SubwordTokenizer target, Map<String, FileWriter> files) {

    /** Languages that do not separate words by spaces. */
    private static final Set<String> WITHOUT_SPACES = Set.of("zh", "ja", "th", "lo", "km", "my");

    /** Learns both from the training data. */
    static TranslatorTokenizers learn(List<TranslationPair> pairs, TranslatorOptions options) throws IOException {
        TokenizerFile source = learn(
                pairs.stream().map(TranslationPair::source).toList(),
                options.info().languages().get(0),
                options.sourceVocabulary(),
                options.minCount(),
                false);
        TokenizerFile target = learn(
                pairs.stream().map(TranslationPair::target).toList(),
                options.targetLanguage(),
                options.targetVocabulary(),
                options.minCount(),
                true);
        return new TranslatorTokenizers(
                open(source),
                open(target),
                Map.of(Translator.SOURCE_TOKENIZER, source::write, Translator.TARGET_TOKENIZER, target::write));
    }

    private static TokenizerFile learn(List<String> texts, String language, int size, int minCount, boolean begin) {
        boolean spaced = !WITHOUT_SPACES.contains(language);
        Subwords subwords = TokenizerFile.learn(texts, spaced, size, minCount);
        return new TokenizerFile(subwords, spaced, begin);
    }

    private static SubwordTokenizer open(TokenizerFile tokenizer) throws IOException {
        Path file = Files.createTempFile("lexstream-tokenizer", ".json");
        try {
            tokenizer.write(file);
            return SubwordTokenizer.read(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
