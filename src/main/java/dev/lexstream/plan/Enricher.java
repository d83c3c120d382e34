package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.nlp.LanguageDetector;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends texts through the stages of the plan.
 *
 * <p>Threading: one instance serves all threads. {@link #enrich} blocks while the capacity is used up; that is the only
 * place where callers wait, so stages may hand work to each other without waiting for themselves.
 */
public final class Enricher {

    private final List<Stage> stages;
    private final LanguageRule languages;
    private final Executor detection;
    private final Admission admission;
    private final Duration patience;
    private final ResultOrder order = new ResultOrder();
    private final LongAdder texts = new LongAdder();
    private final Map<String, LongAdder> passedOver = new ConcurrentHashMap<>();

    /**
     * @param stages in the order of the plan; names must differ
     * @param languages decides the language of a text
     * @param detection runs the detector, off the calling thread
     * @param capacity of texts on their way at once
     * @param patience how long a caller waits for room
     */
    public Enricher(
            List<Stage> stages, LanguageRule languages, Executor detection, Capacity capacity, Duration patience) {
        this.patience = Objects.requireNonNull(patience, "patience");
        this.stages = List.copyOf(stages);
        this.languages = Objects.requireNonNull(languages, "languages");
        this.detection = Objects.requireNonNull(detection, "detection");
        this.admission = new Admission(Objects.requireNonNull(capacity, "capacity"));
        if (stages.stream().map(Stage::name).distinct().count() < stages.size()) {
            throw new IllegalArgumentException("stage names must differ, found "
                    + stages.stream().map(Stage::name).toList());
        }
    }

    /** With whatever language the detector finds, however unsure it is. */
    public Enricher(
            List<Stage> stages, LanguageDetector detector, Executor detection, Capacity capacity, Duration patience) {
        this(stages, new LanguageRule(detector), detection, capacity, patience);
    }

    /** The stages in the order of the plan. */
    public List<Stage> stages() {
        return stages;
    }

    /** How many texts went through no stage because of their language, so far; a text read again counts again. */
    public LanguageStats languageStats() {
        Map<String, Long> counts = new HashMap<>();
        passedOver.forEach((language, count) -> counts.put(language, count.sum()));
        return new LanguageStats(texts.sum(), counts);
    }

    /**
     * Whether the texts on their way are so long that {@link #enrich} may soon block although they are few. Never blocks.
     */
    public boolean crowded() {
        return admission.crowded();
    }

    /**
     * Starts a text on its way, after waiting for room.
     *
     * @throws NoRoomException when no room was made in time: the engine is in trouble; nothing was started
     * @throws InterruptedException while waiting for room; nothing was started
     */
    public Enrichment enrich(Text text) throws InterruptedException {
        String content = text.content();
        int tokens = content.codePointCount(0, content.length());
        if (!admission.acquire(tokens, patience)) {
            throw new NoRoomException(patience);
        }
        CompletableFuture<Language> language = language(text);
        language.thenAccept(this::count);
        Map<String, CompletableFuture<Outcome>> outcomes = new LinkedHashMap<>();
        for (Stage stage : stages) {
            outcomes.put(stage.name(), StageCall.start(stage, language, content));
        }
        Enrichment enrichment = new Enrichment(language, outcomes, order);
        enrichment.whenDone(() -> admission.release(tokens));
        return enrichment;
    }

    private CompletableFuture<Language> language(Text text) {
        return languages
                .declared(text)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> detectLater(text.content()));
    }

    private CompletableFuture<Language> detectLater(String content) {
        try {
            return CompletableFuture.supplyAsync(() -> languages.detected(content), detection);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void count(Language language) {
        texts.increment();
        if (stages.stream().noneMatch(stage -> stage.accepts(language))) {
            passedOver
                    .computeIfAbsent(language.code().orElse("unknown"), code -> new LongAdder())
                    .increment();
        }
    }
}
