package dev.lexstream.train;

import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.Tagger.Tags;
import dev.lexstream.nlp.TaggerInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Measures a tagger on sentences whose words are given. Uses the model from the calling thread. */
final class TaggerEvaluation {

    private static final int BATCH_SIZE = 64;

    private final TorchModel model;
    private final Tagger tagger;
    private final List<String> labels;

    TaggerEvaluation(TorchModel model, Tagger tagger, List<String> labels) {
        this.model = model;
        this.tagger = tagger;
        this.labels = List.copyOf(labels);
    }

    /** Tags every sentence and counts. Gold tags that the model does not have count as missed. */
    TaggerScores evaluate(List<TaggedSentence> sentences) {
        List<TaggerInput> inputs = sentences.stream()
                .map(sentence -> tagger.prepare(sentence.words()))
                .toList();
        List<Integer> byLength = IntStream.range(0, inputs.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> inputs.get(i).length()))
                .toList();
        TaggerScores.Counter counter = new TaggerScores.Counter();
        for (int begin = 0; begin < byLength.size(); begin += BATCH_SIZE) {
            List<Integer> batch = byLength.subList(begin, Math.min(begin + BATCH_SIZE, byLength.size()));
            List<Tags> results =
                    tagger.run(model, batch.stream().map(inputs::get).toList());
            for (int i = 0; i < batch.size(); i++) {
                List<String> found = new ArrayList<>();
                for (int label : results.get(i).labels()) {
                    found.add(labels.get(label));
                }
                counter.add(sentences.get(batch.get(i)).tags(), found);
            }
        }
        return counter.scores();
    }
}
