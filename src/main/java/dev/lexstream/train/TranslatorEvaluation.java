package dev.lexstream.train;

import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Translator;
import dev.lexstream.nlp.Translator.Tokens;
import dev.lexstream.nlp.TranslatorInput;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Measures a translator on sentence pairs. Uses the model from the calling thread. */
final class TranslatorEvaluation {

    private static final int BATCH_SIZE = 32;

    private final TorchModel model;
    private final Translator translator;

    TranslatorEvaluation(TorchModel model, Translator translator) {
        this.model = model;
        this.translator = translator;
    }

    /** Translates every source, in batches of similar length. */
    TranslatorScores evaluate(List<TranslationPair> pairs) {
        return TranslatorScores.of(translate(pairs), pairs);
    }

    /** The translation of every source. */
    List<String> translate(List<TranslationPair> pairs) {
        List<TranslatorInput> inputs = pairs.stream()
                .map(TranslationPair::source)
                .map(translator::prepare)
                .toList();
        List<Integer> byLength = IntStream.range(0, inputs.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> inputs.get(i).length()))
                .toList();
        String[] translations = new String[inputs.size()];
        for (int begin = 0; begin < byLength.size(); begin += BATCH_SIZE) {
            List<Integer> batch = byLength.subList(begin, Math.min(begin + BATCH_SIZE, byLength.size()));
            List<Tokens> results =
                    translator.run(model, batch.stream().map(inputs::get).toList());
            for (int i = 0; i < batch.size(); i++) {
                int index = batch.get(i);
                translations[index] =
                        translator.complete(inputs.get(index), results.get(i)).text();
            }
        }
        return Arrays.asList(translations);
    }
}
