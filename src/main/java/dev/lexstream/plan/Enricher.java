package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
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
 * Sends events through the stages of the plan.
 *
 * <p>Threading: one instance serves all threads. {@link #enrich} blocks while the capacity is used up; that is the only
 * place where callers wait, so stages may hand work to each other without waiting for themselves.
 */
public final class Enricher {

    private final Plan plan;
    private final LanguageRule languages;
    private final Executor detection;
    private final Admission admission;
    private final Duration patience;
    private final ResultOrder order = new ResultOrder();
    private final LongAdder texts = new LongAdder();
    private final Map<String, LongAdder> passedOver = new ConcurrentHashMap<>();

    /**
     * @param plan what texts go through
     * @param languages decides the language of a text
     * @param detection runs the detector, off the calling thread
     * @param capacity of texts on their way at once
     * @param patience how long a caller waits for room
     */
    public Enricher(Plan plan, LanguageRule languages, Executor detection, Capacity capacity, Duration patience) {
        this.patience = Objects.requireNonNull(patience, "patience");
        this.plan = Objects.requireNonNull(plan, "plan");
        this.languages = Objects.requireNonNull(languages, "languages");
        this.detection = Objects.requireNonNull(detection, "detection");
        this.admission = new Admission(Objects.requireNonNull(capacity, "capacity"));
    }

    /**
     * The plan of some stages, with whatever language the detector finds, however unsure it is.
     *
     * @throws PlanException when the stages make no plan
     */
    public Enricher(
            List<Stage> stages, LanguageDetector detector, Executor detection, Capacity capacity, Duration patience) {
        this(Plan.of(stages), new LanguageRule(detector), detection, capacity, patience);
    }

    /** The stages in the order of the plan. */
    public List<Stage> stages() {
        return plan.stages();
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
     * Starts an event on its way, after waiting for room.
     *
     * @throws NoRoomException when no room was made in time: the engine is in trouble; nothing was started
     * @throws InterruptedException while waiting for room; nothing was started
     */
    public Enrichment enrich(TextEvent event) throws InterruptedException {
        int tokens = event.texts().values().stream()
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .sum();
        if (!admission.acquire(tokens, patience)) {
            throw new NoRoomException(patience);
        }
        CompletableFuture<Language> language = language(event);
        language.thenAccept(this::count);
        Map<String, CompletableFuture<Outcome>> outcomes = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            outcomes.put(step.stage().name(), StageCall.start(step, event, language, outcomes));
        }
        Enrichment enrichment = new Enrichment(language, outcomes, order);
        enrichment.whenDone(() -> admission.release(tokens));
        return enrichment;
    }

    private CompletableFuture<Language> language(TextEvent event) {
        return languages
                .declared(event)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> detectLater(event.text()));
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
        if (!plan.admits(language)) {
            passedOver
                    .computeIfAbsent(language.code().orElse("unknown"), code -> new LongAdder())
                    .increment();
        }
    }
}
