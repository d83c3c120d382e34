package dev.lexstream.config;

import dev.lexstream.nlp.LanguageTag;
import dev.lexstream.nlp.LinguaDetector;
import dev.lexstream.plan.StageInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rules that span settings, or that need to know the languages or the machine. Rules for one setting alone are in the
 * schema of the pipeline file and in the records. One instance for each pipeline; not thread-safe.
 */
final class PipelineRules {

    private static final String TIMEOUT = "inference.result-timeout";

    private final Predicate<String> given;
    private final List<ConfigProblem> broken = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * @param given whether a setting, by its path, has been chosen. Of two settings that do not fit, a chosen one is
     *     blamed
     */
    PipelineRules(Predicate<String> given) {
        this.given = given;
    }

    /** What the rules have found so far. {@link ConfigProblem#where} is the path of a setting. */
    List<ConfigProblem> broken() {
        return broken;
    }

    /** What is written to is not read, and output is no dead letter. */
    void topics(TopicSettings topics) {
        String allowed = "input, output and dead-letters must differ";
        if (topics.inputs().include(topics.output())) {
            add("topics.output", topics.output(), allowed);
        } else if (topics.inputs().include(topics.deadLetters())
                || topics.output().equals(topics.deadLetters())) {
            add(
                    given.test("topics.dead-letters") ? "topics.dead-letters" : "topics.output",
                    topics.deadLetters(),
                    allowed);
        }
    }

    /** Whether a text is a regular expression. */
    static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** The languages can be detected and are two or more; the default is a language. */
    void language(LanguageSettings language) {
        Set<String> detectable = LinguaDetector.languages();
        Set<String> languages = new HashSet<>();
        List<String> unknown = language.detect().stream()
                .filter(tag -> LanguageTag.language(tag)
                        .filter(detectable::contains)
                        .map(languages::add)
                        .isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            add("language.detect", unknown.toString(), "allowed are " + String.join(", ", detectable));
        } else if (languages.size() < 2) {
            add("language.detect", language.detect().toString(), "allowed are two languages or more");
        }
        language.defaultCode()
                .filter(tag -> LanguageTag.language(tag).isEmpty())
                .ifPresent(tag -> add("language.default", tag, "allowed is a language tag, such as en"));
    }

    /** Delays are below the result timeout, and limits leave room for a full batch. */
    void inference(InferenceSettings inference) {
        Duration timeout = inference.resultTimeout();
        if (inference.maxBatchDelay().compareTo(timeout) >= 0) {
            String delay = millis(inference.maxBatchDelay());
            if (given.test("inference.max-batch-delay")) {
                add("inference.max-batch-delay", delay, lessThan(timeout));
            } else {
                add(TIMEOUT, millis(timeout), "allowed is more than inference.max-batch-delay (" + delay + ")");
            }
        }
        batchFills("max-in-flight", inference.maxInFlight(), "max-batch-size", inference.maxBatchSize());
        batchFills(
                "max-in-flight-tokens", inference.maxInFlightTokens(), "max-batch-tokens", inference.maxBatchTokens());
    }

    private void batchFills(String key, int limit, String batchKey, int batch) {
        String why = ", or batches could never fill";
        if (limit < batch && given.test("inference." + key)) {
            add("inference." + key, "" + limit, "allowed is " + batchKey + " (" + batch + ") or more" + why);
        } else if (limit < batch) {
            add("inference." + batchKey, "" + batch, "allowed is " + key + " (" + limit + ") or less" + why);
        }
    }

    /** Merged records are of the format of their input, and have it at all. */
    void output(InputSettings input, OutputSettings output) {
        boolean merged = output.shape() == OutputSettings.Shape.MERGED;
        if (merged && input.format() == Format.TEXT) {
            add("output.shape", "merged with text as input", "allowed is enriched-text: a text has no fields");
        } else if (merged && input.format() != output.format()) {
            add(
                    given.test("output.format") ? "output.format" : "input.format",
                    output.format() + " with " + input.format() + " as input",
                    "allowed is the input's own format with shape merged");
        }
    }

    /** A route leads to no topic that is read, and to no dead letters. */
    void route(String path, RouteSettings route, TopicSettings topics) {
        route.topic()
                .filter(topic -> topics.inputs().include(topic) || topic.equals(topics.deadLetters()))
                .ifPresent(topic -> add(
                        path + ".topic", topic, "allowed is a topic that is not read and does not take dead letters"));
    }

    /**
     * The stage's name differs from the names of earlier stages, its input is there before it, and its timeout is below the result
     * timeout.
     */
    void stage(String path, StageSettings stage, InputSettings input, Duration resultTimeout) {
        stage.input().ifPresent(reads -> stageInput(path + ".input", reads, input));
        if (!names.add(stage.name())) {
            add(path + ".name", stage.name() + " a second time", "names of stages must differ");
        }
        stage.timeout()
                .filter(timeout -> timeout.compareTo(resultTimeout) >= 0)
                .ifPresent(timeout -> add(path + ".timeout", millis(timeout), lessThan(resultTimeout)));
    }

    private void stageInput(String path, StageInput reads, InputSettings input) {
        if (reads instanceof StageInput.Translation translation) {
            if (!names.contains(translation.stage())) {
                add(
                        path,
                        "stages." + translation.stage() + ".translation",
                        names.isEmpty()
                                ? "there is no stage before it"
                                : "stages before it are " + new TreeSet<>(names));
            }
            return;
        }
        Set<String> texts = new LinkedHashSet<>(
                input.fields().orElse(FieldSettings.OF_TEXT_EVENTS).texts().keySet());
        List<String> read = reads instanceof StageInput.Pair pair
                ? List.of(pair.first(), pair.second())
                : ((StageInput.Text) reads).name().stream().toList();
        read.stream()
                .filter(name -> !texts.contains(name))
                .findFirst()
                .ifPresent(name ->
                        add(path, name, "texts are " + String.join(", ", texts) + ", others stages.NAME.translation"));
    }

    /**
     * There are at most as many threads as processors. More threads would wait for each other in the middle of a batch.
     */
    void machine(InferenceSettings inference, int processors) {
        int workers = inference.workers();
        if (workers > processors) {
            add("inference.workers", "" + workers, "allowed are up to " + processors + ", the processors here");
        } else if (workers * inference.threads() > processors) {
            add(
                    "inference.threads",
                    inference.threads() + (workers == 1 ? "" : " for each of " + workers + " workers"),
                    "allowed are up to " + processors / workers + ", there being " + processors + " processors");
        }
    }

    private void add(String path, String found, String allowed) {
        broken.add(new ConfigProblem(path, found, allowed));
    }

    private static String lessThan(Duration resultTimeout) {
        return "allowed is less than " + TIMEOUT + " (" + millis(resultTimeout) + ")";
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
