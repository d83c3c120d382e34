package dev.lexstream.nlp;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lexstream.model.BundleException;
import dev.lexstream.model.ModelBundle;
import dev.lexstream.model.ModelManifest.TaskKind;
import dev.lexstream.model.TorchModel;
import dev.lexstream.nlp.Classification.LabelScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A few texts and what a model says of them in fp32 on the CPU: what any other device or precision is held against.
 * Translators decode greedily here.
 *
 * @param examples in any order
 */
public record GoldenSample(List<Example> examples) {

    /** The name of the sample in a bundle. */
    public static final String FILE = "golden.json";

    /** Findings that the model was less sure of may come out otherwise. */
    static final double SURE = 0.6;
    /** Largest difference of a score. */
    static final double TOLERANCE = 0.1;

    private static final int MOST_DIFFERENCES = 3;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** One text with what the model says of it. */
    public record Example(
            @JsonProperty(required = true) String text, @JsonProperty(required = true) List<Finding> findings) {

        public Example {
            findings = List.copyOf(findings);
        }
    }

    /**
     * One thing that the model says.
     *
     * @param what the best class, a tag with its place such as {@code 0-4 NOUN}, or a translation
     * @param score probability, 0 to 1; of a translation the mean one of its tokens
     */
    public record Finding(@JsonProperty(required = true) String what, @JsonProperty(required = true) double score) {}

    public GoldenSample {
        examples = List.copyOf(examples);
    }

    /**
     * The sample of a bundle; empty when it has none.
     *
     * @throws BundleException when it cannot be read
     */
    public static Optional<GoldenSample> read(ModelBundle bundle) throws BundleException {
        if (!bundle.manifest().files().containsKey(FILE)) {
            return Optional.empty();
        }
        try {
            List<Example> examples =
                    JSON.readValue(bundle.verified(FILE).toFile(), new TypeReference<List<Example>>() {});
            if (examples == null || examples.contains(null)) {
                throw new IOException("must be a list of texts with findings, found null");
            }
            return Optional.of(new GoldenSample(examples));
        } catch (IOException e) {
            throw new BundleException(bundle.folder(), List.of(FILE + ": " + e.getMessage()), e);
        }
    }

    /** Writes the sample, replacing what is there. */
    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), examples);
    }

    /** What a model says of texts. Uses the model from the calling thread. */
    public static GoldenSample of(ModelBundle bundle, TorchModel model, List<String> texts) throws BundleException {
        return of(task(bundle), model, texts);
    }

    private static <P extends Prepared, R> GoldenSample of(
            Task<String, P, R, ? extends Annotation> task, TorchModel model, List<String> texts) {
        List<P> prepared = texts.stream().map(task::prepare).toList();
        List<R> results = task.run(model, prepared);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            examples.add(new Example(texts.get(i), findings(task.complete(prepared.get(i), results.get(i)))));
        }
        return new GoldenSample(examples);
    }

    private static Task<String, ?, ?, ? extends Annotation> task(ModelBundle bundle) throws BundleException {
        return bundle.manifest().task() == TaskKind.TRANSLATOR
                ? Translator.of(
                        bundle, bundle.manifest().translation().decoding().withBeam(1))
                : Tasks.of(bundle);
    }

    private static List<Finding> findings(Annotation annotation) {
        if (annotation instanceof Tagging tagging) {
            return tagging.tags().stream()
                    .map(tag -> new Finding(tag.start() + "-" + tag.end() + " " + tag.label(), tag.score()))
                    .toList();
        }
        if (annotation instanceof Translation translation) {
            return List.of(new Finding(translation.text(), Math.exp(translation.score())));
        }
        return ((Classification) annotation)
                .scores().stream()
                        .max(Comparator.comparingDouble(LabelScore::score))
                        .map(best -> new Finding(best.label(), best.score()))
                        .stream()
                        .toList();
    }

    /** What a model says differently, in words; empty when it agrees. Uses the model from the calling thread. */
    public List<String> differences(ModelBundle bundle, TorchModel model) throws BundleException {
        List<String> texts = examples.stream().map(Example::text).toList();
        GoldenSample other = of(bundle, model, texts);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            compare(examples.get(i), other.examples().get(i), differences);
        }
        return differences.size() <= MOST_DIFFERENCES
                ? differences
                : append(differences.subList(0, MOST_DIFFERENCES), differences.size() - MOST_DIFFERENCES + " more");
    }

    private static List<String> append(List<String> list, String last) {
        List<String> all = new ArrayList<>(list);
        all.add(last);
        return all;
    }

    private static void compare(Example expected, Example found, List<String> differences) {
        Map<String, Finding> byName =
                found.findings().stream().collect(Collectors.toMap(Finding::what, Function.identity(), (a, b) -> a));
        for (Finding finding : expected.findings()) {
            Finding same = byName.get(finding.what());
            boolean agrees = same != null && Math.abs(same.score() - finding.score()) <= TOLERANCE;
            if (!agrees && (same != null || finding.score() >= SURE)) {
                differences.add(String.format(
                        Locale.ROOT,
                        "'%s' is '%s' (%.2f) in fp32, here %s",
                        expected.text(),
                        finding.what(),
                        finding.score(),
                        same == null ? names(found) : String.format(Locale.ROOT, "%.2f", same.score())));
            }
        }
    }

    private static String names(Example found) {
        return found.findings().isEmpty()
                ? "nothing"
                : found.findings().stream().map(Finding::what).collect(Collectors.joining("', '", "'", "'"));
    }
}
