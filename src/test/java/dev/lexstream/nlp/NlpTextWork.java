package dev.lexstream.nlp;

import dev.lexstream.growth.TextWork;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What this room does with texts. */
public final class NlpTextWork {

    private static final Path MODELS = Path.of("src/main/models");

    private NlpTextWork() {}

    public static List<TextWork> all() {
        try {
            BertTokenizer english = BertTokenizer.of(bundle("classifier-en"));
            BertTokenizer chinese = BertTokenizer.of(bundle("classifier-zh"));
            EncodingOptions windows = EncodingOptions.upTo(128).withStride(32);
            SubwordTokenizer subwords =
                    SubwordTokenizer.read(bundle("translator-zh-en").file(Translator.SOURCE_TOKENIZER));
            Tokenizer words = new WordTokenizer();
            Tokenizer characters = new CharacterTokenizer();
            SentenceSplitter sentences = new SentenceSplitter(100);
            Tagger taggerEn = Tagger.of(bundle("tagger-en"));
            Tagger taggerZh = Tagger.of(bundle("tagger-zh"));
            Classifier classifier = Classifier.of(bundle("classifier-en"));
            Translator translator = Translator.of(bundle("translator-zh-en"));
            LanguageDetector detector = new LinguaDetector(List.of("en", "zh", "el"));
            return List.of(
                    new TextWork("WordTokenizer", words::tokenize),
                    new TextWork("CharacterTokenizer", characters::tokenize),
                    new TextWork("BertTokenizer en", text -> english.encode(text, windows)),
                    new TextWork("BertTokenizer zh", text -> chinese.encode(text, windows)),
                    new TextWork("BertTokenizer pair", text -> english.encode(text, text, windows)),
                    new TextWork("SubwordTokenizer", text -> subwords.encode(wellFormed(text))),
                    new TextWork("SentenceSplitter", sentences::split),
                    new TextWork("VisibleText", text -> VisibleText.of(text)),
                    new TextWork("WordFeatures", text -> forms(taggerEn, text)),
                    new TextWork("NgramFeatures", text -> forms(taggerZh, text)),
                    new TextWork("Tagger.prepare en", text -> prepare(taggerEn, text)),
                    new TextWork("Tagger.prepare zh", text -> prepare(taggerZh, text)),
                    new TextWork("Classifier.prepare", text -> prepare(classifier, text)),
                    new TextWork("Translator.prepare", text -> prepare(translator, wellFormed(text))),
                    new TextWork("TagScheme", NlpTextWork::spans),
                    new TextWork("LinguaDetector", detector::detect));
        } catch (IOException | BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModelBundle bundle(String name) throws BundleException {
        return ModelBundle.open(MODELS.resolve(name));
    }

    private static void forms(Tagger tagger, String text) {
        tagger.prepare(List.of(text));
    }

    private static void prepare(Task<String, ?, ?, ?> task, String text) {
        try {
            task.prepare(text);
        } catch (IllegalArgumentException e) {
            // a text without visible characters
            if (!String.valueOf(e.getMessage()).contains("visible")) {
                throw e;
            }
        }
    }

    /** One token for each char, all of them in one span. */
    private static void spans(String text) {
        List<Span> tokens = IntStream.range(0, text.length())
                .mapToObj(at -> new Span(at, at + 1))
                .toList();
        TagScheme.SEGMENTS.spans(Collections.nCopies(tokens.size(), "I-X"), new float[tokens.size()], tokens);
    }

    private static String wellFormed(String text) {
        return text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE) ? "x" : text;
    }
}
