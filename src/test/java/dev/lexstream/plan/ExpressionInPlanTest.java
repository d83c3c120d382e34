package dev.lexstream.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.TextEvent;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.Translation;
import dev.lexstream.plan.condition.ConditionCompiler;
import dev.lexstream.plan.condition.ConditionFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stage whose condition is an expression waits for what the expression needs, and for nothing else. */
@Timeout(10)
class ExpressionInPlanTest {

    private final ConditionCompiler compiler =
            new ConditionCompiler(Map.of("translate", Translation.class, "tag", Tagging.class));
    private final HeldModel<String> translator = new HeldModel<>();
    private final HeldModel<String> tagger = new HeldModel<>();
    private final List<Runnable> detections = new ArrayList<>();

    private Enrichment enrich(String when, TextEvent event) throws InterruptedException {
        Stage translate =
                new Stage("translate", HeldModel.translator(translator), StageInput.mainText(), Condition.ALWAYS);
        Stage tag = new Stage(
                "tag",
                HeldModel.tagger(tagger),
                StageInput.mainText(),
                compiler.compile(when, List.of("translate")).asCondition());
        return new Enricher(
                        List.of(translate, tag),
                        text -> Optional.empty(),
                        detections::add,
                        Capacity.ofTexts(10),
                        Duration.ofSeconds(5))
                .enrich(event);
    }

    private static TextEvent event() {
        return TextEvent.of("id", "hello", Optional.empty());
    }

    @Test
    void itWaitsForTheStageThatIsNamed() throws Exception {
        Enrichment enrichment = enrich("stages.translate.translation == 'hallo'", event());

        assertThat(enrichment.outcome("tag")).isNotDone();
        assertThat(tagger.asked).isEmpty();

        translator.answer("hello", HeldModel.translation("hallo"));

        assertThat(tagger.asked).as("the language is not waited for").containsOnlyKeys("hello");
        assertThat(detections).hasSize(1);
    }

    @Test
    void itWaitsForTheLanguageAlone() throws Exception {
        enrich("language == ''", event());

        assertThat(tagger.asked).isEmpty();

        detections.forEach(Runnable::run);

        assertThat(tagger.asked).containsOnlyKeys("hello");
    }

    @Test
    void aStageIsSkippedWhereItIsFalse() throws Exception {
        Enrichment enrichment = enrich("text == 'x'", event());

        assertThat(enrichment.outcome("tag").get()).isEqualTo(new Outcome.Skipped("tag", "when: false"));
    }

    @Test
    void anErrorIsTheStagesFailureAndSaysWhere() throws Exception {
        Enrichment enrichment = enrich("attributes.x > 1", event());

        assertThat(enrichment.outcome("tag").get()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.cause())
                    .hasMessageStartingWith("the condition cannot be judged: line 1, column 12: ATTRIBUTE_NOT_FOUND: ")
                    .hasCauseInstanceOf(ConditionFailedException.class);
        });
    }
}
