package dev.lexstream.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.Envelope;
import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.LanguageDetector.Detection;
import dev.lexstream.nlp.TextPair;
import dev.lexstream.plan.Condition.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages run as soon as what they depend on is there, and tell why they do not. */
@Timeout(10)
class PlanFlowTest {

    private final HeldModel<String> translator = new HeldModel<>();
    private final HeldModel<String> tagger = new HeldModel<>();
    private final HeldModel<TextPair> pairs = new HeldModel<>();

    /** Tasks of the detector, run when the test says so. */
    private final List<Runnable> detections = new ArrayList<>();

    private final Stage translate = new Stage(
            "translate", HeldModel.translator(translator), StageInput.mainText(), Condition.languages(Set.of("zh")));
    private final Stage tag = new Stage(
            "tag", HeldModel.tagger(tagger), StageInput.translation("translate"), Condition.languages(Set.of("en")));

    private Enrichment enrich(TextEvent event, Stage... stages) throws InterruptedException {
        return new Enricher(
                        List.of(stages),
                        text -> Optional.of(new Detection("zh", 0.5)),
                        detections::add,
                        Capacity.ofTexts(10),
                        Duration.ofSeconds(5))
                .enrich(event);
    }

    private static TextEvent chinese() {
        return TextEvent.of("id", "你好", Optional.of("zh"));
    }

    private static TextEvent texts(String... namesAndTexts) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return new TextEvent(
                "id", texts, Optional.of("zh"), Optional.empty(), Optional.empty(), Map.of(), Envelope.NONE);
    }

    private static Condition condition(Needs needs, Function<Known, Optional<String>> refusal) {
        return new Condition() {
            @Override
            public Needs needs() {
                return needs;
            }

            @Override
            public Optional<String> refusal(Known known) {
                return refusal.apply(known);
            }
        };
    }

    @Test
    void aStageThatTakesATranslationRunsAfterItAndOnlyThenInTheTranslationsLanguage() throws Exception {
        Enrichment enrichment = enrich(chinese(), translate, tag);

        assertThat(translator.asked).containsOnlyKeys("你好");
        assertThat(tagger.asked).isEmpty();

        translator.answer("你好", HeldModel.translation("hello"));

        assertThat(tagger.asked).containsOnlyKeys("hello");
        assertThat(enrichment.outcome("translate")).isCompleted();
        assertThat(enrichment.outcome("tag")).isNotDone();
        assertThat(enrichment.isDone()).isFalse();

        tagger.answer("hello", HeldModel.TAGS);

        assertThat(enrichment.isDone()).isTrue();
        assertThat(enrichment.outcome("tag").get()).isInstanceOf(Outcome.Enriched.class);
    }

    @Test
    void stagesThatDependOnNothingStartAtOnce() throws Exception {
        Stage any = new Stage("any", HeldModel.tagger(tagger), StageInput.mainText(), Condition.ALWAYS);
        TextEvent event = TextEvent.of("id", "你好", Optional.empty());

        Enrichment enrichment = enrich(event, translate, any);

        assertThat(detections).hasSize(1);
        assertThat(tagger.asked).as("no language is needed").containsOnlyKeys("你好");
        assertThat(translator.asked).isEmpty();

        tagger.answer("你好", HeldModel.TAGS);

        assertThat(enrichment.outcome("any")).isCompleted();
        assertThat(enrichment.isDone()).as("the language is not known").isFalse();

        detections.forEach(Runnable::run);

        assertThat(translator.asked).containsOnlyKeys("你好");
        assertThat(enrichment.language()).isCompletedWithValue(Language.detected("zh", 0.5));
    }

    @Test
    void aStageWhoseTranslatorIsSkippedOrFailsIsSkippedAndSaysSo() throws Exception {
        Stage again = new Stage(
                "again", HeldModel.translator(translator), StageInput.translation("translate"), Condition.ALWAYS);
        Stage last = new Stage("last", HeldModel.tagger(tagger), StageInput.translation("again"), Condition.ALWAYS);

        Enrichment english = enrich(TextEvent.of("id", "hello", Optional.of("en")), translate, again, last);
        Enrichment poison = enrich(chinese(), translate, again, last);
        translator.fail("你好", new ItemFailedException("cannot", null));

        assertThat(english.outcome("translate").get()).isEqualTo(new Outcome.Skipped("translate", "language en"));
        assertThat(english.outcome("again").get())
                .isEqualTo(new Outcome.Skipped("again", "no translation: stage translate was skipped"));
        assertThat(english.outcome("last").get())
                .isEqualTo(new Outcome.Skipped("last", "no translation: stage again was skipped"));
        assertThat(poison.outcome("translate").get()).isInstanceOf(Outcome.Failed.class);
        assertThat(poison.outcome("again").get())
                .isEqualTo(new Outcome.Skipped("again", "no translation: stage translate failed"));
        assertThat(poison.isDone()).isTrue();
        assertThat(tagger.asked).isEmpty();
    }

    @Test
    void aTranslationInAnotherLanguageOrOfNothingVisibleIsNotPassedOn() throws Exception {
        Stage german = new Stage(
                "german",
                HeldModel.tagger(tagger),
                StageInput.translation("translate"),
                Condition.languages(Set.of("de")));
        Enrichment enrichment = enrich(chinese(), translate, german);
        translator.answer("你好", HeldModel.translation("hello"));
        Enrichment blank = enrich(TextEvent.of("id", "嗯", Optional.of("zh")), translate, tag);
        translator.answer("嗯", HeldModel.translation("\u200B "));

        assertThat(enrichment.outcome("german").get()).isEqualTo(new Outcome.Skipped("german", "language en"));
        assertThat(blank.outcome("tag").get())
                .isEqualTo(new Outcome.Skipped("tag", "no translation: that of stage translate is blank"));
    }

    @Test
    void aTextThatIsNotThereSkipsTheStage() throws Exception {
        Stage title = new Stage("title", HeldModel.tagger(tagger), StageInput.text("title"), Condition.ALWAYS);
        Stage both = new Stage("both", HeldModel.pairs(pairs), StageInput.pair("text", "title"), Condition.ALWAYS);

        Enrichment without = enrich(texts("text", "a"), title, both);
        Enrichment blank = enrich(texts("text", "a", "title", " "), title, both);
        Enrichment with = enrich(texts("text", "a", "title", "b"), title, both);

        for (Enrichment skipped : List.of(without, blank)) {
            assertThat(skipped.outcome("title").get()).isEqualTo(new Outcome.Skipped("title", "no text title"));
            assertThat(skipped.outcome("both").get()).isEqualTo(new Outcome.Skipped("both", "no text title"));
        }
        assertThat(tagger.asked).containsOnlyKeys("b");
        assertThat(pairs.asked).containsOnlyKeys(new TextPair("a", "b"));
        pairs.answer(new TextPair("a", "b"), HeldModel.TAGS);
        assertThat(with.outcome("both").get()).isInstanceOf(Outcome.Enriched.class);
    }

    @Test
    void theMainTextIsTheFirstWhateverItsName() throws Exception {
        Stage main = new Stage("main", HeldModel.tagger(tagger), StageInput.mainText(), Condition.ALWAYS);

        enrich(texts("title", "b", "text", "a"), main);

        assertThat(tagger.asked).containsOnlyKeys("b");
    }

    @Test
    void cancellationReachesThoseThatWait() throws Exception {
        Enrichment enrichment = enrich(chinese(), translate, tag);
        enrichment.cancel();

        assertThat(translator.asked.get("你好")).isCancelled();
        assertThat(enrichment.outcome("tag")).isCancelled();
        assertThat(enrichment.isDone()).isTrue();

        Enrichment one = enrich(TextEvent.of("id", "再见", Optional.of("zh")), translate, tag);
        one.outcome("translate").cancel(false);

        assertThat(one.outcome("tag")).isCancelled();
        assertThat(tagger.asked).isEmpty();
    }

    @Test
    void aStageThatIsCancelledWhileItWaitsIsNotAskedLater() throws Exception {
        Enrichment enrichment = enrich(chinese(), translate, tag);
        enrichment.outcome("tag").cancel(false);
        translator.answer("你好", HeldModel.translation("hello"));

        assertThat(tagger.asked).isEmpty();
        assertThat(enrichment.outcome("translate")).isCompleted();
    }

    @Test
    void anEngineInTroubleFailsThoseThatWaitToo() throws Exception {
        Enrichment enrichment = enrich(chinese(), translate, tag);
        translator.fail("你好", new IllegalStateException("device lost"));

        for (String stage : List.of("translate", "tag")) {
            assertThat(enrichment.outcome(stage))
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("device lost");
        }
        assertThat(enrichment.isDone()).isTrue();
    }

    @Test
    void aTimeoutCountsFromTheSubmissionToTheStage() throws Exception {
        Stage impatient = new Stage(
                "tag",
                HeldModel.tagger(tagger),
                StageInput.translation("translate"),
                Condition.ALWAYS,
                Optional.of(Duration.ofMillis(50)),
                OnError.SKIP);
        Enrichment enrichment = enrich(chinese(), translate, impatient);
        Thread.sleep(150);

        assertThat(enrichment.outcome("tag")).as("it has not begun").isNotDone();

        translator.answer("你好", HeldModel.translation("hello"));

        assertThat(enrichment.outcome("tag"))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(new Outcome.Skipped("tag", "failed: no result within 50 ms"));
    }

    @Test
    void theModelThatAnsweredIsTheOutcomesWhicheverAnswersNow() throws Exception {
        ModelId next = new ModelId("held", "2");
        Stage swapped = new Stage(
                "swapped",
                new StageModel.OfText(() -> next, HeldModel.TAGS.getClass(), tagger),
                StageInput.mainText(),
                Condition.ALWAYS);
        TextEvent other = TextEvent.of("id", "other", Optional.of("zh"));
        Enrichment old = enrich(chinese(), swapped);
        Enrichment fresh = enrich(other, swapped);
        tagger.answer("你好", HeldModel.TAGS);
        tagger.asked.get("other").complete(new Annotated(next, HeldModel.TAGS));

        assertThat(((Outcome.Enriched) old.outcome("swapped").get()).model()).isEqualTo(HeldModel.ID);
        assertThat(((Outcome.Enriched) fresh.outcome("swapped").get()).model()).isEqualTo(next);

        ItemFailedException known = new ItemFailedException("cannot", null, Optional.of(HeldModel.ID));
        ItemFailedException unknown = new ItemFailedException("cannot", null);
        Enrichment first = enrich(TextEvent.of("id", "first", Optional.of("zh")), swapped);
        Enrichment second = enrich(TextEvent.of("id", "second", Optional.of("zh")), swapped);
        tagger.fail("first", known);
        tagger.fail("second", unknown);

        assertThat(first.outcome("swapped").get()).isEqualTo(new Outcome.Failed("swapped", HeldModel.ID, known));
        assertThat(second.outcome("swapped").get()).isEqualTo(new Outcome.Failed("swapped", next, unknown));
    }

    @Test
    void aConditionIsJudgedWhenAllItNeedsIsKnown() throws Exception {
        List<Known> judged = new ArrayList<>();
        Condition both = condition(new Needs(true, false, Set.of("translate")), known -> {
            judged.add(known);
            return known.outcome("translate") instanceof Outcome.Enriched
                    ? Optional.of("translated from " + known.language().code().orElseThrow())
                    : Optional.empty();
        });
        Stage late = new Stage("late", HeldModel.tagger(tagger), StageInput.mainText(), both);
        TextEvent event = TextEvent.of("id", "你好", Optional.empty());
        Stage always =
                new Stage("translate", HeldModel.translator(translator), StageInput.mainText(), Condition.ALWAYS);
        Enrichment enrichment = enrich(event, always, late);

        translator.answer("你好", HeldModel.translation("hello"));
        assertThat(judged).isEmpty();
        detections.forEach(Runnable::run);

        assertThat(judged).hasSize(1);
        assertThat(judged.get(0).event()).isSameAs(event);
        assertThat(enrichment.outcome("late").get()).isEqualTo(new Outcome.Skipped("late", "translated from zh"));
    }

    @Test
    void aConditionThatFailsIsADataErrorAndOneThatAsksForMoreThanItSaysFails() throws Exception {
        Stage failing = new Stage(
                "failing", HeldModel.tagger(tagger), StageInput.mainText(), condition(Needs.NOTHING, known -> {
                    throw new IllegalArgumentException("no such attribute");
                }));
        List<Condition> greedy = List.of(
                condition(Needs.NOTHING, known -> known.language().code()),
                condition(Needs.NOTHING, known -> known.inputLanguage().code()),
                condition(
                        Needs.NOTHING,
                        known -> Optional.of(known.outcome("failing").stage())));

        Outcome.Failed outcome =
                (Outcome.Failed) enrich(chinese(), failing).outcome("failing").get();
        assertThat(outcome.cause())
                .isInstanceOf(ItemFailedException.class)
                .hasMessage("the condition cannot be judged: no such attribute");
        for (Condition condition : greedy) {
            Stage stage = new Stage("greedy", HeldModel.tagger(tagger), StageInput.mainText(), condition);
            Outcome.Failed failed = (Outcome.Failed)
                    enrich(chinese(), failing, stage).outcome("greedy").get();
            assertThat(failed.cause()).hasMessageContaining("does not say that it needs");
        }
    }

    @Test
    void allTextsOfAnEventTakeRoom() throws Exception {
        Stage main = new Stage("main", HeldModel.tagger(tagger), StageInput.mainText(), Condition.ALWAYS);
        Enricher enricher = new Enricher(
                List.of(main), text -> Optional.empty(), Runnable::run, new Capacity(10, 5), Duration.ofMillis(10));
        enricher.enrich(texts("title", "ab", "text", "abc"));
        assertThat(enricher.crowded()).isTrue();
        CompletableFuture<Annotated> first = tagger.asked.get("ab");
        first.complete(new Annotated(HeldModel.ID, HeldModel.TAGS));
        assertThat(enricher.crowded()).isFalse();
    }
}
