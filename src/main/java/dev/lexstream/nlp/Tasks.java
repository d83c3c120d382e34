package dev.lexstream.nlp;

import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
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

    private static BundleException annotatesNothing(ModelBundle bundle) {
        return new BundleException(
                bundle.folder(), List.of("an encoder is what classifiers are trained from; it annotates nothing"));
    }
}
