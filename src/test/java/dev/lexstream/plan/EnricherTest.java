package dev.lexstream.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.Inference;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.LanguageDetector.Detection;
import dev.lexstream.nlp.Tagging;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EnricherTest {

    private static final ModelId MODEL = new ModelId("tagger", "1");
    private static final Tagging FOUND = new Tagging(List.of(), Coverage.complete(1));

    /** A model that answers when the test says so. */
    private static final class Held implements Inference<String, Annotation> {
        private final Map<String, CompletableFuture<Annotation>> asked = new ConcurrentHashMap<>();

        @Override
        public CompletableFuture<Annotation> submit(String input) {
            return asked.computeIfAbsent(input, text -> new CompletableFuture<>());
        }

        @Override
        public void close() {
            // nothing runs
        }
    }

    private final Held model = new Held();

    private Enricher enricher(int maxTexts) {
        Stage english = TestStages.of("tag", MODEL, Set.of("en"), model);
        return new Enricher(
                List.of(english),
                text -> text.startsWith("?") ? Optional.empty() : Optional.of(new Detection("en", 0.75)),
                Runnable::run,
                Capacity.ofTexts(maxTexts),
                Duration.ofSeconds(20));
    }

    private static TextEvent text(String content, String language) {
        return TextEvent.of("id", content, Optional.ofNullable(language));
    }

    @Test
    void aTextInTheStagesLanguageIsAnnotated() throws Exception {
        Enrichment enrichment = enricher(10).enrich(text("hello", "en-GB"));
        model.asked.get("hello").complete(FOUND);
        Outcome.Enriched outcome = (Outcome.Enriched) enrichment.outcome("tag").get();
        assertThat(outcome.annotation()).isEqualTo(FOUND);
        assertThat(outcome.model()).isEqualTo(MODEL);
        assertThat(enrichment.language()).isCompletedWithValue(Language.declared("en"));
    }

    @Test
    void aTextInAnotherLanguageIsSkippedWithTheReason() throws Exception {
        Enrichment enrichment = enricher(10).enrich(text("bonjour", "fr"));
        assertThat(enrichment.outcome("tag")).isCompletedWithValue(new Outcome.Skipped("tag", "language fr"));
        assertThat(model.asked).isEmpty();
    }

    @Test
    void anUndeclaredOrBlankLanguageIsDetected() throws Exception {
        Enricher enricher = enricher(10);
        assertThat(enricher.enrich(text("a", null)).language()).isCompletedWithValue(Language.detected("en", 0.75));
        assertThat(enricher.enrich(text("b", " ")).language()).isCompletedWithValue(Language.detected("en", 0.75));
        Enrichment unknown = enricher.enrich(text("?", null));
        assertThat(unknown.language()).isCompletedWithValue(Language.unknown());
        assertThat(unknown.outcome("tag")).isCompletedWithValue(new Outcome.Skipped("tag", "language unknown"));
    }

    @Test
    void aStageAndAnEventMayNameALanguageByDifferentTags() throws Exception {
        Stage chinese = TestStages.of("tag", MODEL, Set.of("zho"), model);
        Enricher enricher = new Enricher(
                List.of(chinese),
                text -> Optional.empty(),
                Runnable::run,
                Capacity.ofTexts(10),
                Duration.ofSeconds(20));

        for (String tag : List.of("zh", "chi", "cmn-Hant", "zh_CN.UTF-8")) {
            assertThat(enricher.enrich(text(tag, tag)).language()).isCompletedWithValue(Language.declared("zh"));
            assertThat(model.asked).as(tag).containsKey(tag);
        }
    }

    @Test
    void textsThatNoStageIsForAreCountedByLanguage() throws Exception {
        Enricher enricher = enricher(10);

        enricher.enrich(text("hello", null));
        enricher.enrich(text("bonjour", "fra"));
        enricher.enrich(text("salut", "fr"));
        enricher.enrich(text("?", "und"));

        assertThat(enricher.languageStats()).isEqualTo(new LanguageStats(4, Map.of("fr", 2L, "unknown", 1L)));
        assertThat(enricher.languageStats())
                .hasToString("3 of 4 texts (75.0 %) in no stage's language: fr 2, unknown 1");
        assertThat(new LanguageStats(0, Map.of())).hasToString("0 of 0 texts (0.0 %) in no stage's language");
    }

    @Test
    void aTextThatFailsTheModelIsAnOutcomeAndAnEngineInTroubleIsNot() throws Exception {
        Enricher enricher = enricher(10);
        ItemFailedException poison = new ItemFailedException("poison", null);
        Enrichment failed = enricher.enrich(text("bad", "en"));
        model.asked.get("bad").completeExceptionally(poison);
        assertThat(failed.outcome("tag")).isCompletedWithValue(new Outcome.Failed("tag", MODEL, poison));
        Enrichment trouble = enricher.enrich(text("good", "en"));
        model.asked.get("good").completeExceptionally(new IllegalStateException("closed"));
        assertThat(trouble.outcome("tag"))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void callersWaitWhileTooManyTextsAreOnTheirWay() throws Exception {
        Enricher enricher = enricher(2);
        enricher.enrich(text("one", "en"));
        enricher.enrich(text("two", "en"));
        CompletableFuture<Void> third = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                enricher.enrich(text("three", "en"));
                third.complete(null);
            } catch (InterruptedException e) {
                third.completeExceptionally(e);
            }
        });
        caller.start();
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(third).isNotDone();
        model.asked.get("one").complete(FOUND);
        assertThat(third).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aCallerDoesNotWaitForEverAndADetectorThatFailsKnowsNoLanguage() throws Exception {
        Enricher enricher = new Enricher(
                List.of(TestStages.of("tag", MODEL, Set.of(), model)),
                text -> {
                    throw new IllegalStateException("defect");
                },
                Runnable::run,
                Capacity.ofTexts(1),
                Duration.ofMillis(10));
        assertThat(enricher.enrich(text("one", null)).language()).isCompletedWithValue(Language.unknown());
        assertThatThrownBy(() -> enricher.enrich(text("two", "en")))
                .isInstanceOf(NoRoomException.class)
                .hasMessageContaining("inference.max-in-flight");
    }

    @Test
    void cancellingGivesUpTheWorkAndMakesRoom() throws Exception {
        Enricher enricher = enricher(1);
        Enrichment first = enricher.enrich(text("one", "en"));
        first.cancel();
        assertThat(model.asked.get("one")).isCancelled();
        assertThat(enricher.enrich(text("two", "en")).outcome("tag")).isNotDone();
    }

    @Test
    void anEngineThatRefusesKeepsNoRoom() throws Exception {
        Inference<String, Annotation> refusing = new Inference<>() {
            @Override
            public CompletableFuture<Annotation> submit(String input) {
                throw new IllegalStateException("closed");
            }

            @Override
            public void close() {
                // nothing runs
            }
        };
        Enricher enricher = new Enricher(
                List.of(TestStages.of("tag", MODEL, Set.of(), refusing)),
                text -> Optional.empty(),
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                Capacity.ofTexts(1),
                Duration.ofSeconds(20));
        Enrichment refused = enricher.enrich(text("one", "en"));
        Enrichment undetected = enricher.enrich(text("two", null));
        assertThat(List.of(refused.outcome("tag"), undetected.outcome("tag")))
                .allSatisfy(outcome -> assertThat(outcome).isCompletedExceptionally());
    }

    private Enricher enricher(Inference<String, Annotation> inference, Duration timeout, OnError onError) {
        Stage english = TestStages.of("tag", MODEL, Set.of("en"), inference, Optional.of(timeout), onError);
        return new Enricher(
                List.of(english),
                text -> Optional.empty(),
                Runnable::run,
                Capacity.ofTexts(1000),
                Duration.ofSeconds(20));
    }

    @Test
    void aTextThatTakesTooLongHasFailedAndItsWorkIsGivenUp() throws Exception {
        Enricher enricher = enricher(model, Duration.ofMillis(5), OnError.DEAD_LETTER);
        Enrichment late = enricher.enrich(text("late", "en"));
        Outcome.Failed outcome = (Outcome.Failed) late.outcome("tag").get();
        assertThat(outcome.cause()).isInstanceOf(ItemFailedException.class).hasMessage("no result within 5 ms");
        // the outcome is known a moment before the model hears of it
        assertThat(model.asked.get("late")).failsWithin(Duration.ofSeconds(5));
        assertThat(model.asked.get("late")).isCancelled();
    }

    @Test
    void aStageMaySkipTextsItCannotProcessWithTheReasonAlone() throws Exception {
        Enricher enricher = enricher(model, Duration.ofMillis(200), OnError.SKIP);
        Enrichment poison = enricher.enrich(text("poison", "en"));
        Enrichment late = enricher.enrich(text("late", "en"));
        Enrichment lost = enricher.enrich(text("lost", "en"));
        model.asked
                .get("poison")
                .completeExceptionally(
                        new ItemFailedException("cannot be prepared", new IllegalStateException("of the text")));
        model.asked.get("lost").completeExceptionally(new IllegalStateException("device lost"));
        assertThat(poison.outcome("tag"))
                .isCompletedWithValue(new Outcome.Skipped("tag", "failed: cannot be prepared"));
        assertThat(late.outcome("tag"))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(new Outcome.Skipped("tag", "failed: no result within 200 ms"));
        assertThat(lost.outcome("tag"))
                .as("an engine in trouble is nobody's to skip")
                .isCompletedExceptionally();
    }

    @Test
    @Timeout(60)
    void aTimeoutKeepsNoTextThatHasEnded() throws Exception {
        Enricher enricher = enricher(
                new Inference<>() {
                    @Override
                    public CompletableFuture<Annotation> submit(String input) {
                        return new CompletableFuture<>();
                    }

                    @Override
                    public void close() {
                        // nothing runs
                    }
                },
                Duration.ofMinutes(10),
                OnError.DEAD_LETTER);
        List<WeakReference<TextEvent>> texts = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            TextEvent text = text("number " + i, "en");
            texts.add(new WeakReference<>(text));
            CompletableFuture<Outcome> outcome = enricher.enrich(text).outcome("tag");
            switch (i % 3) {
                case 0 -> outcome.complete(new Outcome.Skipped("tag", text.text()));
                case 1 -> outcome.completeExceptionally(new IllegalStateException(text.text()));
                default -> outcome.cancel(false);
            }
        }
        while (texts.stream().filter(text -> text.get() != null).count() > 10) {
            System.gc();
        }
    }

    @Test
    void callersWaitWhileTheTextsOnTheirWayAreTooLong() throws Exception {
        Enricher enricher = new Enricher(
                List.of(TestStages.of("tag", MODEL, Set.of(), model)),
                text -> Optional.empty(),
                Runnable::run,
                new Capacity(10, 5),
                Duration.ofMillis(10));
        enricher.enrich(text("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", "en"));
        enricher.enrich(text("ab", "en"));
        assertThatThrownBy(() -> enricher.enrich(text("c", "en")))
                .hasMessageContaining("inference.max-in-flight-tokens");
        model.asked.get("ab").complete(FOUND);
        assertThat(enricher.enrich(text("c", "en")).outcome("tag")).isNotDone();
    }

    @Test
    void stagesThatAreNotThereAndNamesThatRepeatAreRefused() throws Exception {
        Stage stage = TestStages.of("tag", MODEL, Set.of(), model);
        assertThatThrownBy(() -> new Enricher(
                        List.of(stage, stage),
                        text -> Optional.empty(),
                        Runnable::run,
                        Capacity.ofTexts(1),
                        Duration.ofSeconds(20)))
                .hasMessageContaining("[tag, tag]");
        Enrichment enrichment = enricher(1).enrich(text("one", "en"));
        assertThatThrownBy(() -> enrichment.outcome("translate"))
                .hasMessageContaining("no stage 'translate'; the stages are [tag]");
    }
}
