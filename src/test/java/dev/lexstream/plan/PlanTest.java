package dev.lexstream.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.event.Language;
import dev.lexstream.plan.Condition.Needs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan is checked when it is made, and says all that is wrong. */
class PlanTest {

    private static final StageModel TAGGER = HeldModel.tagger(new HeldModel<>());
    private static final StageModel TRANSLATOR = HeldModel.translator(new HeldModel<>());
    private static final StageModel PAIRS = HeldModel.pairs(new HeldModel<>());

    private static Stage stage(String name, StageModel model, StageInput input) {
        return new Stage(name, model, input, Condition.ALWAYS);
    }

    private static Stage tags(String name) {
        return stage(name, TAGGER, StageInput.mainText());
    }

    /** Lets all through that another stage has seen. */
    private static Condition after(String stage) {
        return new Condition() {
            @Override
            public Needs needs() {
                return Needs.outcomes(stage);
            }

            @Override
            public Optional<String> refusal(Known known) {
                return Optional.empty();
            }
        };
    }

    private static void assertRefused(String message, Stage... stages) {
        assertThatThrownBy(() -> Plan.of(List.of(stages)))
                .isInstanceOf(PlanException.class)
                .hasMessage(message);
    }

    @Test
    void stagesKeepTheirOrder() {
        List<Stage> stages = List.of(
                stage("translate", TRANSLATOR, StageInput.mainText()),
                stage("again", TRANSLATOR, StageInput.translation("translate")),
                stage("tag", TAGGER, StageInput.translation("again")),
                stage("title", TAGGER, StageInput.text("title")),
                stage("both", PAIRS, StageInput.pair("title", "text")));

        assertThat(Plan.of(stages).stages()).isEqualTo(stages);
        assertThat(Plan.of(List.of()).stages()).isEmpty();
    }

    @Test
    void namesMustDiffer() {
        assertRefused("stage names must differ, found [tag, tag]", tags("tag"), tags("tag"));
    }

    @Test
    void aStageThatIsNamedMustBeThere() {
        assertRefused(
                "stage 'tag': its input is the translation of stage 'translate', which is not there; the stages are [tag]",
                stage("tag", TAGGER, StageInput.translation("translate")));
        assertRefused(
                "stage 'tag': its condition asks for stage 'other', which is not there; the stages are [tag]",
                new Stage("tag", TAGGER, StageInput.mainText(), after("other")));
    }

    @Test
    void aStageFollowsOnlyThoseBeforeItSoThereAreNoCycles() {
        assertRefused(
                "stage 'a': its input is the translation of stage 'b', which comes later; allowed are stages before it",
                stage("a", TRANSLATOR, StageInput.translation("b")),
                stage("b", TRANSLATOR, StageInput.translation("a")));
        assertRefused(
                "stage 'a': its input is the translation of stage 'a', which is itself; allowed are stages before it",
                stage("a", TRANSLATOR, StageInput.translation("a")));
        assertRefused(
                "stage 'a': its condition asks for stage 'a', which is itself; allowed are stages before it; "
                        + "stage 'a': its condition asks for stage 'b', which comes later; allowed are stages before it",
                new Stage("a", TAGGER, StageInput.mainText(), after("b").and(after("a"))),
                tags("b"));
    }

    @Test
    void onlyATranslatorHasATranslation() {
        assertRefused(
                "stage 'again': its input is the translation of stage 'tag', whose model does not translate",
                tags("tag"),
                stage("again", TAGGER, StageInput.translation("tag")));
    }

    @Test
    void aModelGetsAsManyTextsAsItTakes() {
        assertRefused(
                "stage 'tag': its model takes one text, its input is a pair of texts",
                stage("tag", TAGGER, StageInput.pair("title", "text")));
        assertRefused(
                "stage 'both': its model takes a pair of texts, its input is one text",
                stage("both", PAIRS, StageInput.mainText()));
        assertRefused(
                "stage 'both': its model takes a pair of texts, its input is one text",
                stage("translate", TRANSLATOR, StageInput.mainText()),
                stage("both", PAIRS, StageInput.translation("translate")));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> Plan.of(List.of(
                        stage("a", PAIRS, StageInput.translation("none")),
                        stage("b", TAGGER, StageInput.translation("a")))))
                .isInstanceOfSatisfying(
                        PlanException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "stage 'a': its input is the translation of stage 'none', which is not there;"
                                                + " the stages are [a, b]",
                                        "stage 'a': its model takes a pair of texts, its input is one text",
                                        "stage 'b': its input is the translation of stage 'a', whose model does not translate"));
    }

    @Test
    void aTimeoutIsAtLeastOneMillisecond() {
        assertThatThrownBy(() -> new Stage(
                        "tag",
                        TAGGER,
                        StageInput.mainText(),
                        Condition.ALWAYS,
                        Optional.of(Duration.ofNanos(1)),
                        OnError.SKIP))
                .hasMessage("timeout must be at least 1 ms, found PT0.000000001S");
    }

    @Test
    void aPlanIsForALanguageWhenAStageOfTheEventsOwnTextsIs() {
        Plan plan = Plan.of(List.of(
                new Stage("translate", TRANSLATOR, StageInput.mainText(), Condition.languages(Set.of("zho"))),
                new Stage("tag", TAGGER, StageInput.translation("translate"), Condition.languages(Set.of("en"))),
                new Stage(
                        "title",
                        TAGGER,
                        StageInput.text("title"),
                        Condition.languages(Set.of("de")).and(after("translate")))));

        assertThat(plan.admits(Language.declared("zh"))).isTrue();
        assertThat(plan.admits(Language.declared("de"))).isTrue();
        assertThat(plan.admits(Language.declared("en"))).isFalse();
        assertThat(plan.admits(Language.unknown())).isFalse();
        assertThat(Plan.of(List.of(tags("tag"))).admits(Language.unknown())).isTrue();
    }

    @Test
    void aConditionThatIsAlwaysMetAddsNothing() {
        Condition english = Condition.languages(Set.of("en"));

        assertThat(Condition.languages(Set.of())).isSameAs(Condition.ALWAYS);
        assertThat(Condition.ALWAYS.and(english)).isSameAs(english);
        assertThat(english.and(Condition.ALWAYS)).isSameAs(english);
        assertThat(english.and(after("a")).and(after("b")).needs()).isEqualTo(new Needs(false, true, Set.of("a", "b")));
    }
}
