package dev.lexstream.config;

import dev.lexstream.nlp.LanguageTag;
import dev.lexstream.nlp.LinguaDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What settings ask of each other, of languages and of the machine; gathers what is broken. What a setting may be by itself
 * is said by the schema of the pipeline file, and by the records.
 */
final class PipelineRules {

    private static final String TIMEOUT = "inference.result-timeout";

    private final Predicate<String> given;
    private final List<ConfigProblem> broken = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** @param given whether somebody has chosen a setting: of two that do not fit, the default is not the offender */
    PipelineRules(Predicate<String> given) {
        this.given = given;
    }

    /** What is broken so far, with the paths of settings. */
    List<ConfigProblem> broken() {
        return broken;
    }

    void topics(TopicSettings topics) {
        String allowed = "input, output and dead-letters must differ";
        if (topics.output().equals(topics.input())) {
            add("topics.output", topics.output(), allowed);
        } else if (Set.of(topics.input(), topics.output()).contains(topics.deadLetters())) {
            add(
                    given.test("topics.dead-letters") ? "topics.dead-letters" : "topics.output",
                    topics.deadLetters(),
                    allowed);
        }
    }

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

    /** Called for each stage of a pipeline. */
    void stage(String path, StageSettings stage, Duration resultTimeout) {
        if (!names.add(stage.name())) {
            add(path + ".name", stage.name() + " a second time", "names of stages must differ");
        }
        stage.timeout()
                .filter(timeout -> timeout.compareTo(resultTimeout) >= 0)
                .ifPresent(timeout -> add(path + ".timeout", millis(timeout), lessThan(resultTimeout)));
    }

    /** More threads than processors wait for each other in the middle of a batch. */
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
