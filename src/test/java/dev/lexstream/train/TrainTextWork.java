package dev.lexstream.train;

import dev.lexstream.growth.TextWork;
import java.util.List;

/** What this room does with texts. */
public final class TrainTextWork {

    private TrainTextWork() {}

    public static List<TextWork> all() {
        return List.of(
                new TextWork("Tokenizer13a", Tokenizer13a::words),
                new TextWork("Bleu", text -> Bleu.of(List.of(text), List.of(List.of(text)))),
                new TextWork("ChrF", text -> ChrF.of(List.of(text), List.of(List.of(text)))),
                new TextWork("Pretokenizer", text -> new Pretokenizer(true).pieces(text)),
                new TextWork("BertWords", BertWords::of),
                new TextWork("SubwordLearner", text -> TokenizerFile.learn(List.of(text), false, 1000, 1)),
                new TextWork("WordPieceVocabulary", text -> WordPieceVocabulary.learn(List.of(text), 1000, 1)));
    }
}
