package dev.lexstream.train;

import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.Tagger.Tags;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.train.GoldTags.Expected;
import java.util.Comparator;
import java.util.List;

/** Measures a tagger on sentences. Uses the model from the calling thread. */
final class TaggerEvaluation {

    private static final int BATCH_SIZE = 64;

    private final TorchModel model;
    private final Tagger tagger;
    private final GoldTags gold;

    TaggerEvaluation(TorchModel model, Tagger tagger, GoldTags gold) {
        this.model = model;
        this.tagger = tagger;
        this.gold = gold;
    }

    /** Tags every sentence and counts. Gold tags that the model does not have count as missed. */
    TaggerScores evaluate(List<TaggedSentence> sentences) {
        List<Expected> byLength = sentences.stream()
                .map(sentence -> gold.expected(tagger, sentence))
                .sorted(Comparator.comparingInt(expected -> expected.input().length()))
                .toList();
        TaggerScores.Counter counter = new TaggerScores.Counter(gold.scheme());
        for (int begin = 0; begin < byLength.size(); begin += BATCH_SIZE) {
            List<Expected> batch = byLength.subList(begin, Math.min(begin + BATCH_SIZE, byLength.size()));
            List<TaggerInput> inputs = batch.stream().map(Expected::input).toList();
            List<Tags> results = tagger.run(model, inputs);
            for (int i = 0; i < batch.size(); i++) {
                Expected expected = batch.get(i);
                counter.add(
                        expected.spans(),
                        expected.countable(
                                tagger.complete(inputs.get(i), results.get(i)).tags()));
                counter.leaveOut(expected.untagged().size());
            }
        }
        return counter.scores();
    }
}
