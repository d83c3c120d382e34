package dev.lexstream.plan.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.failure.Reason;
import dev.lexstream.plan.condition.Routes.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first route that holds decides. */
class RoutesTest {

    private static final Target SPAM = new Target.Topic("spam");
    private static final Target ENGLISH = new Target.Topic("english");
    private static final Target REST = new Target.Topic("rest");
    private static final Target NOWHERE = new Target.Drop();

    private final ConditionCompiler compiler = Sample.compiler();

    private Route route(String text, Target target) {
        return new Route(compiler.compile(text), target);
    }

    @Test
    void theFirstThatHoldsDecides() {
        Route spam = route("stages.classify.label == 'spam'", SPAM);
        Route english = route("language == 'en'", ENGLISH);

        assertThat(new Routes(List.of(spam, english), REST).targetOf(Sample.event()))
                .isEqualTo(SPAM);
        assertThat(new Routes(List.of(english, spam), REST).targetOf(Sample.event()))
                .isEqualTo(ENGLISH);
        assertThat(new Routes(List.of(spam, english), REST).targetOf(Sample.nothing()))
                .isEqualTo(ENGLISH);
        assertThat(new Routes(List.of(spam), REST).targetOf(Sample.nothing())).isEqualTo(REST);
        assertThat(new Routes(List.of(route("true", NOWHERE)), REST).targetOf(Sample.event()))
                .isEqualTo(NOWHERE);
        assertThat(Routes.allTo(REST).targetOf(Sample.event())).isEqualTo(REST);
    }

    @Test
    void aRouteThatCannotBeEvaluatedIsADataErrorThatNamesIt() {
        Routes routes = new Routes(
                List.of(
                        route("language == 'de'", ENGLISH),
                        route("attributes.missing > 3", SPAM),
                        route("true", NOWHERE)),
                REST);

        assertThatThrownBy(() -> routes.targetOf(Sample.event()))
                .hasMessageStartingWith("route 2 (topic spam), line 1, column 12: ATTRIBUTE_NOT_FOUND: ")
                .satisfies(e -> assertThat(Reason.of(e)).contains(Reason.CONDITION_FAILED));
    }

    @Test
    void routesAfterTheOneThatHoldsAreNotEvaluated() {
        Routes routes = new Routes(List.of(route("true", NOWHERE), route("attributes.missing > 3", SPAM)), REST);

        assertThat(routes.targetOf(Sample.event())).isEqualTo(NOWHERE);
    }

    @Test
    void topicsAreAllThatEventsMayGoTo() {
        Routes routes = new Routes(List.of(route("true", SPAM), route("true", NOWHERE), route("false", SPAM)), REST);

        assertThat(routes.topics()).containsExactlyInAnyOrder("spam", "rest");
        assertThat(Routes.allTo(NOWHERE).topics()).isEmpty();
    }
}
