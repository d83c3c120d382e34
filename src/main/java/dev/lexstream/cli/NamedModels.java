package dev.lexstream.cli;

import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.PipelineDefaults;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A pipeline of nothing but models, in the order in which they are named, with all defaults: for work without topics. */
final class NamedModels {

    /** What the demo runs. */
    static final List<String> DEMO =
            List.of("tagger-en", "tagger-zh", "translator-zh-en", "classifier-en", "classifier-zh");

    private static final TopicSettings TOPICS = TopicSettings.existing("lines", "enriched-lines", "failed-lines");
    private static final int LONGEST_NAME = 40;

    private NamedModels() {}

    /**
     * The pipeline.
     *
     * @param models names of shipped bundles, or paths; each names its stage
     * @param shipped folder of the shipped bundles
     * @throws IllegalArgumentException when a path gives no name, or two give the same
     */
    static Pipeline pipeline(List<String> models, Path shipped) {
        Set<String> names = new LinkedHashSet<>();
        List<StageSettings> stages = models.stream()
                .map(String::strip)
                .map(model -> stage(model, shipped, names))
                .toList();
        return new Pipeline(
                "lexstream",
                Map.of(),
                Map.of(),
                TOPICS,
                shipped,
                new LanguageSettings(PipelineDefaults.LANGUAGES),
                stages,
                InferenceSettings.defaults());
    }

    private static StageSettings stage(String model, Path shipped, Set<String> names) {
        String name = name(model);
        if (!names.add(name)) {
            throw new IllegalArgumentException("--models: two models are called " + name + "; names must differ");
        }
        return new StageSettings(
                name, isPath(model, shipped) ? Path.of(model).toAbsolutePath().toString() : model);
    }

    /** A name is that of a shipped bundle, unless there is none and a folder here has it. */
    private static boolean isPath(String model, Path shipped) {
        boolean several = Path.of(model).getNameCount() > 1 || Path.of(model).isAbsolute();
        return several || (!Files.exists(shipped.resolve(model)) && Files.isDirectory(Path.of(model)));
    }

    /** The folder's name with the characters that names of stages may have. */
    private static String name(String model) {
        Path file = model.isEmpty()
                ? null
                : Path.of(model).toAbsolutePath().normalize().getFileName();
        String name = file == null
                ? ""
                : file.toString()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^[^a-z]+|-$", "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "--models: '" + model + "' gives no name; allowed are names and paths with a letter from a to z");
        }
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
