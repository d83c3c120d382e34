package dev.lexstream.train;

import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Classifier;
import dev.lexstream.nlp.Classifier.Logits;
import dev.lexstream.nlp.ClassifierInput;
import dev.lexstream.train.ClassifierScores.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Measures a classifier on labelled texts. Uses the model from the calling thread. */
final class ClassifierEvaluation {

    /** Share of in-scope texts that a threshold lets through. */
    private static final double ACCEPTED = 0.95;

    private static final int BATCH_SIZE = 64;

    private final TorchModel model;
    private final Classifier classifier;
    private final List<String> labels;

    ClassifierEvaluation(TorchModel model, Classifier classifier, List<String> labels) {
        this.model = model;
        this.classifier = classifier;
        this.labels = List.copyOf(labels);
    }

    /**
     * Classifies every text and counts. Gold labels that the model does not have count as missed.
     *
     * @param outOfScope texts of no class, may be empty
     * @param threshold of the bundle
     */
    ClassifierScores evaluate(List<LabelledText> texts, List<String> outOfScope, OptionalDouble threshold) {
        List<Found> found = find(texts.stream().map(LabelledText::text).toList());
        Optional<Scope> scope = outOfScope.isEmpty()
                ? Optional.empty()
                : Optional.of(scope(scores(found), scores(find(outOfScope)), threshold));
        return ClassifierScores.of(
                texts.stream().map(LabelledText::label).toList(),
                found.stream().map(one -> labels.get(one.logits().best())).toList(),
                scope);
    }

    /** The threshold that accepts 95 % of the texts. */
    double threshold(List<LabelledText> texts) {
        return threshold(scores(find(texts.stream().map(LabelledText::text).toList())));
    }

    private static double threshold(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted[(int) ((1 - ACCEPTED) * sorted.length)];
    }

    private static Scope scope(double[] inScope, double[] outOfScope, OptionalDouble given) {
        double threshold = given.orElseGet(() -> threshold(inScope));
        return new Scope(
                threshold, 1 - rejected(inScope, threshold), rejected(outOfScope, threshold), outOfScope.length);
    }

    private static double rejected(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(score -> score < threshold).count() / (double) scores.length;
    }

    /**
     * What the classifier makes of one text.
     *
     * @param known whether it knows enough of the text
     */
    private record Found(Logits logits, boolean known) {}

    /** What is held against the threshold; 0 rejects what the classifier knows too little of. */
    private static double[] scores(List<Found> found) {
        return found.stream()
                .mapToDouble(one -> one.known() ? one.logits().score() : 0)
                .toArray();
    }

    private List<Found> find(List<String> texts) {
        List<ClassifierInput> inputs = texts.stream().map(classifier::prepare).toList();
        List<Integer> byLength = IntStream.range(0, inputs.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> inputs.get(i).length()))
                .toList();
        Found[] results = new Found[inputs.size()];
        for (int begin = 0; begin < byLength.size(); begin += BATCH_SIZE) {
            List<Integer> batch = byLength.subList(begin, Math.min(begin + BATCH_SIZE, byLength.size()));
            List<Logits> found =
                    classifier.run(model, batch.stream().map(inputs::get).toList());
            for (int i = 0; i < batch.size(); i++) {
                int index = batch.get(i);
                results[index] = new Found(found.get(i), classifier.isKnown(inputs.get(index)));
            }
        }
        return new ArrayList<>(Arrays.asList(results));
    }
}
