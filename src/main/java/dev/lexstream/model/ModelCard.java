package dev.lexstream.model;

import java.util.Locale;
import java.util.stream.Collectors;

/** The page that comes with a bundle: what the model does, what it was trained on, how good it is. */
final class ModelCard {

    private ModelCard() {}

    static String of(ModelManifest manifest) {
        String languages = manifest.languages().isEmpty() ? "any" : String.join(", ", manifest.languages());
        String data = manifest.data().isEmpty()
                ? "Not stated.\n"
                : manifest.data().stream()
                        .map(source -> "- " + source.name() + " (" + source.licence() + ")\n")
                        .collect(Collectors.joining());
        String quality = manifest.quality().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "| %s | %.2f %% |%n", entry.getKey(), 100 * entry.getValue()))
                .collect(Collectors.joining());
        return """
                # %s %s

                %s for the languages: %s. Architecture: `%s`, written and trained by Lexstream.
                %s

                ## Data

                %s
                ## Quality

                | measure | value |
                |---|---|
                %s
                %s## Licence

                The weights: %s.
                """
                .formatted(
                        manifest.name(),
                        manifest.version(),
                        kind(manifest),
                        languages,
                        manifest.architecture().source(),
                        reach(manifest),
                        data,
                        quality,
                        labels(manifest),
                        manifest.licence());
    }

    private static String kind(ModelManifest manifest) {
        return switch (manifest.task()) {
            case TAGGER -> "A tagger";
            case TRANSLATOR -> "A translator into " + manifest.translation().targetLanguage();
            case CLASSIFIER -> "A classifier";
            case ENCODER -> "An encoder to train classifiers from,";
        };
    }

    private static String reach(ModelManifest manifest) {
        int tokens = manifest.longestInput();
        return switch (manifest.task()) {
            case TAGGER, TRANSLATOR -> "It sees the first " + tokens + " tokens of a text.";
            case CLASSIFIER, ENCODER -> "It sees " + tokens + " tokens at a time, and longer texts in windows."
                    + manifest.threshold().stream()
                            .mapToObj(threshold -> String.format(
                                    Locale.ROOT,
                                    "%nA text whose best class is less probable than %.4f is out of its scope.",
                                    threshold))
                            .collect(Collectors.joining());
        };
    }

    private static String labels(ModelManifest manifest) {
        return manifest.labels().isEmpty() ? "" : "## Labels\n\n" + String.join(", ", manifest.labels()) + "\n\n";
    }
}
