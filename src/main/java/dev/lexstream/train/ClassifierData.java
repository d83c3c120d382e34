package dev.lexstream.train;

import java.util.List;
import java.util.TreeSet;

/**
 * What a classifier learns from and is measured on.
 *
 * @param train labelled texts to learn from
 * @param dev labelled texts to measure on and to stop by; with no label that {@code train} does not have
 * @param outliers out-of-scope texts to learn from, may be empty
 * @param devOutOfScope out-of-scope texts to measure on, may be empty
 * @param labels the classes, sorted
 */
public record ClassifierData(
        List<LabelledText> train,
        List<LabelledText> dev,
        List<String> outliers,
        List<String> devOutOfScope,
        List<String> labels) {

    public ClassifierData {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        outliers = List.copyOf(outliers);
        devOutOfScope = List.copyOf(devOutOfScope);
        labels = List.copyOf(labels);
    }

    /**
     * The classes are those of the training data.
     *
     * @throws TrainingException when these are fewer than two, or a label of the dev data is not among them
     */
    public static ClassifierData of(
            List<LabelledText> train, List<LabelledText> dev, List<String> outliers, List<String> devOutOfScope)
            throws TrainingException {
        TreeSet<String> labels = labels(train);
        TreeSet<String> unknown = labels(dev);
        unknown.removeAll(labels);
        if (!unknown.isEmpty()) {
            throw new TrainingException("labels of the dev data that the training data does not have: "
                    + VisibleText.listed(unknown) + "; it has " + VisibleText.listed(labels));
        }
        if (labels.size() < 2) {
            throw new TrainingException(
                    "a classifier needs two classes or more, the training data has " + VisibleText.listed(labels));
        }
        return new ClassifierData(train, dev, outliers, devOutOfScope, List.copyOf(labels));
    }

    private static TreeSet<String> labels(List<LabelledText> texts) {
        TreeSet<String> labels = new TreeSet<>();
        texts.forEach(text -> labels.add(text.label()));
        return labels;
    }

    /** Whether the classifier is to reject texts: it is when out-of-scope texts are given. */
    boolean rejects() {
        return !outliers.isEmpty() || !devOutOfScope.isEmpty();
    }
}
