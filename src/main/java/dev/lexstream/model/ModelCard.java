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

                A %s for the languages: %s. Architecture: `%s`, written and trained by Lexstream.
                It sees the first %d tokens of a text.

                ## Data

                %s
                ## Quality

                | measure | value |
                |---|---|
                %s
                ## Labels

                %s

                ## Licence

                The weights: %s.
                """
                .formatted(
                        manifest.name(),
                        manifest.version(),
                        manifest.task().name().toLowerCase(Locale.ROOT),
                        languages,
                        manifest.architecture().source(),
                        manifest.longestInput(),
                        data,
                        quality,
                        String.join(", ", manifest.labels()),
                        manifest.licence());
    }
}
