package dev.lexstream.nlp;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.torchscript.BertClassifier;
import java.util.List;

/** The task that a bundle's manifest names. */
public final class Tasks {

    private Tasks() {}

    /**
     * What the annotations of a bundle's model are: one class for each task that {@link #of} knows.
     *
     * @throws BundleException when the bundle is of no task that annotates
     */
    public static Class<? extends Annotation> annotation(ModelBundle bundle) throws BundleException {
        return switch (bundle.manifest().task()) {
            case TAGGER -> Tagging.class;
            case TRANSLATOR -> Translation.class;
            case CLASSIFIER -> Classification.class;
            case ENCODER -> throw annotatesNothing(bundle);
        };
    }

    /**
     * The task of a bundle, with its vocabularies and labels.
     *
     * @throws BundleException when the bundle is of no task that texts can be sent to, or its parts do not fit together
     */
    public static Task<String, ?, ?, ? extends Annotation> of(ModelBundle bundle) throws BundleException {
        return switch (bundle.manifest().task()) {
            case TAGGER -> Tagger.of(bundle);
            case TRANSLATOR -> Translator.of(bundle);
            case CLASSIFIER -> Classifier.of(bundle);
            case ENCODER -> throw annotatesNothing(bundle);
        };
    }

    /**
     * The task of a bundle for two texts that are seen together.
     *
     * @throws BundleException when the bundle's model takes one text, or its parts do not fit together
     */
    public static Task<TextPair, ?, ?, ? extends Annotation> ofPairs(ModelBundle bundle) throws BundleException {
        if (!takesPairs(bundle)) {
            throw new BundleException(bundle.folder(), List.of("its model takes one text, and no pair"));
        }
        return new PairClassifier(Classifier.of(bundle));
    }

    /** Whether a bundle's model takes two texts that are seen together. */
    public static boolean takesPairs(ModelBundle bundle) {
        return bundle.manifest().task() == TaskKind.CLASSIFIER
                && bundle.manifest().architecture() instanceof BertClassifier bert
                && bert.encoder().types() > 1;
    }

    private static BundleException annotatesNothing(ModelBundle bundle) {
        return new BundleException(
                bundle.folder(), List.of("an encoder is what classifiers are trained from; it annotates nothing"));
    }
}
