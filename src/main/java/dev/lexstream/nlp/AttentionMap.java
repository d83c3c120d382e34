package dev.lexstream.nlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lexstream.model.TorchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a translator looked while it wrote one sentence.
 *
 * @param source tokens of the sentence, its end token last
 * @param target tokens of the translation, its end token last
 * @param weights of the source tokens for each target token; each row sums to 1
 */
public record AttentionMap(List<String> source, List<String> target, List<List<Float>> weights) {

    public AttentionMap {
        source = List.copyOf(source);
        target = List.copyOf(target);
        weights = weights.stream().map(List::copyOf).toList();
        int columns = source.size();
        if (weights.size() != target.size() || weights.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException(
                    "weights must have " + target.size() + " rows of " + columns + " columns, found " + weights);
        }
    }

    /**
     * Translates a text and asks the model for its attention.
     *
     * @param model of an architecture that has the method {@code attention_weights}
     * @return one for each sentence
     * @throws IllegalArgumentException when the text has no visible characters
     */
    public static List<AttentionMap> of(TorchModel model, Translator translator, String text) {
        TranslatorInput input = translator.prepare(text);
        Translator.Tokens tokens = translator.run(model, List.of(input)).get(0);
        List<AttentionMap> maps = new ArrayList<>();
        for (int i = 0; i < input.sentences().size(); i++) {
            maps.add(map(
                    model,
                    translator,
                    input.sentences().get(i),
                    tokens.sentences().get(i)));
        }
        return maps;
    }

    private static AttentionMap map(TorchModel model, Translator translator, long[] source, long[] translation) {
        long[] target = new long[translation.length + 2];
        target[0] = SpecialToken.BEGIN.id();
        System.arraycopy(translation, 0, target, 1, translation.length);
        target[target.length - 1] = SpecialToken.END.id();
        try (NDManager manager = model.manager().newSubManager()) {
            NDArray weights = model.call(
                            "attention_weights",
                            new NDList(
                                    TokenMatrix.of(manager, List.of(source)), TokenMatrix.of(manager, List.of(target))))
                    .singletonOrThrow();
            return new AttentionMap(
                    translator.sourceTokens(source),
                    translator.targetTokens(Arrays.copyOfRange(target, 1, target.length)),
                    rows(weights.toFloatArray(), source.length));
        }
    }

    private static List<List<Float>> rows(float[] values, int columns) {
        List<List<Float>> rows = new ArrayList<>();
        for (int begin = 0; begin < values.length; begin += columns) {
            List<Float> row = new ArrayList<>(columns);
            for (int i = begin; i < begin + columns; i++) {
                row.add(values[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
