package dev.lexstream.nlp;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Objects;

/**
 * Gives two texts together one of the model's classes: {@code [CLS] first [SEP] second [SEP]}, the two segments of BERT. What does
 * not fit the model's longest input is cut from the end of the longer text, and from both in turn when they are as long.
 *
 * <p>Source: Devlin et al., <a href="https://arxiv.org/abs/1810.04805">BERT</a>, 2018.
 */
public final class PairClassifier implements Task<TextPair, ClassifierInput, Classifier.Logits, Classification> {

    private final Classifier classifier;

    /** @param classifier whose model also takes pairs */
    public PairClassifier(Classifier classifier) {
        this.classifier = Objects.requireNonNull(classifier, "classifier");
    }

    @Override
    public ClassifierInput prepare(TextPair pair) {
        return classifier.prepare(pair);
    }

    @Override
    public String method() {
        return classifier.method();
    }

    @Override
    public NDList batch(NDManager manager, List<ClassifierInput> members) {
        return classifier.batch(manager, members);
    }

    @Override
    public List<Classifier.Logits> unbatch(NDList outputs, List<ClassifierInput> members) {
        return classifier.unbatch(outputs, members);
    }

    @Override
    public Classifier.Logits blank(ClassifierInput input) {
        return classifier.blank(input);
    }

    @Override
    public Classification complete(ClassifierInput input, Classifier.Logits logits) {
        return classifier.complete(input, logits);
    }
}
