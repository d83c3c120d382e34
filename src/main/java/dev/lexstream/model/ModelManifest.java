package dev.lexstream.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lexstream.torchscript.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a model bundle says of itself, its {@code model.json}.
 *
 * @param name of the model, also that of its folder
 * @param version of the model; goes into every record it annotates
 * @param task what it does
 * @param languages BCP 47 primary languages it was made for; empty means any
 * @param longestInput tokens it sees of one text, at least 1
 * @param labels its tag or class set, in the order of its outputs
 * @param architecture the network and its hyper-parameters
 * @param data what it was trained on, with licences
 * @param licence of the weights
 * @param quality measured figures by name, fractions of 1
 * @param leastScore of a classifier that rejects: texts whose best class has a lower probability are out of its scope;
 *     null when it accepts all
 * @param translation how a translator translates; null for other tasks
 * @param text what is done for it around its own library's ways; null or absent means nothing
 * @param files SHA-256 of every other file of the bundle, in hexadecimal, by name
 */
@JsonPropertyOrder({"name", "version", "task", "languages", "longest_input", "labels", "architecture", "data"})
public record ModelManifest(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) TaskKind task,
        @JsonProperty(required = true) List<String> languages,
        @JsonProperty(value = "longest_input", required = true) int longestInput,
        @JsonProperty(required = true) List<String> labels,
        @JsonProperty(required = true) Architecture architecture,
        @JsonProperty(required = true) List<DataSource> data,
        @JsonProperty(required = true) String licence,
        @JsonProperty(required = true) Map<String, Double> quality,
        @JsonProperty("threshold") @JsonInclude(JsonInclude.Include.NON_NULL) Double leastScore,
        @JsonProperty("translation") @JsonInclude(JsonInclude.Include.NON_NULL) TranslationSettings translation,
        @JsonProperty("text") TextSettings text,
        @JsonProperty(required = true) Map<String, String> files) {

    /** What kind of work a model does. */
    public enum TaskKind {
        @JsonProperty("tagger")
        TAGGER,
        @JsonProperty("translator")
        TRANSLATOR,
        @JsonProperty("classifier")
        CLASSIFIER,
        /** Not a task of its own: what classifiers are started from. */
        @JsonProperty("encoder")
        ENCODER
    }

    /** A data set with its licence. */
    public record DataSource(
            @JsonProperty(required = true) String name, @JsonProperty(required = true) String licence) {}

    public ModelManifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(licence, "licence");
        languages = List.copyOf(languages);
        labels = List.copyOf(labels);
        data = List.copyOf(data);
        quality = new TreeMap<>(quality);
        files = new TreeMap<>(files);
        text = text == null ? TextSettings.OFF : text;
        if ((task == TaskKind.TRANSLATOR) != (translation != null)) {
            throw new IllegalArgumentException(
                    "'translation' belongs to a translator, and only there; this is a " + task);
        }
        if (leastScore != null && !(leastScore >= 0 && leastScore <= 1)) {
            throw new IllegalArgumentException("threshold must be in 0..1, found " + leastScore);
        }
        if (longestInput < 1) {
            throw new IllegalArgumentException("longest_input must be at least 1, found " + longestInput);
        }
    }

    /** A manifest of a model that sees texts as they come, {@link TextSettings#OFF}. */
    public ModelManifest(
            String name,
            String version,
            TaskKind task,
            List<String> languages,
            int longestInput,
            List<String> labels,
            Architecture architecture,
            List<DataSource> data,
            String licence,
            Map<String, Double> quality,
            Double leastScore,
            TranslationSettings translation,
            Map<String, String> files) {
        this(
                name,
                version,
                task,
                languages,
                longestInput,
                labels,
                architecture,
                data,
                licence,
                quality,
                leastScore,
                translation,
                TextSettings.OFF,
                files);
    }

    /** As above, of a model that rejects nothing and does not translate. */
    public ModelManifest(
            String name,
            String version,
            TaskKind task,
            List<String> languages,
            int longestInput,
            List<String> labels,
            Architecture architecture,
            List<DataSource> data,
            String licence,
            Map<String, Double> quality,
            Map<String, String> files) {
        this(
                name,
                version,
                task,
                languages,
                longestInput,
                labels,
                architecture,
                data,
                licence,
                quality,
                null,
                null,
                files);
    }

    /** Which model this is. */
    public ModelId id() {
        return new ModelId(name, version);
    }

    /** The least probability of the best class of a text within the model's scope. */
    public OptionalDouble threshold() {
        return leastScore == null ? OptionalDouble.empty() : OptionalDouble.of(leastScore);
    }

    /** The same manifest with other settings for texts. */
    public ModelManifest withText(TextSettings settings) {
        return with(settings, files);
    }

    /** The same manifest over other files. */
    ModelManifest withFiles(Map<String, String> checksums) {
        return with(text, checksums);
    }

    private ModelManifest with(TextSettings settings, Map<String, String> checksums) {
        return new ModelManifest(
                name,
                version,
                task,
                languages,
                longestInput,
                labels,
                architecture,
                data,
                licence,
                quality,
                leastScore,
                translation,
                settings,
                checksums);
    }
}
