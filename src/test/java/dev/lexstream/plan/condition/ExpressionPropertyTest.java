package dev.lexstream.plan.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.Language;
import dev.lexstream.nlp.Classification;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Expressions say what the same condition in Java says. */
class ExpressionPropertyTest {

    private static final ConditionCompiler COMPILER = new ConditionCompiler(Map.of("classify", Classification.class));

    /**
     * What is known of an event.
     *
     * @param language empty when unknown
     * @param label empty where the stage was skipped
     * @param score in quarters
     */
    record Known(String language, String label, int score) {
        EnrichedEvent event() {
            float probability = score / 4f;
            Outcome outcome = label.isEmpty()
                    ? new Outcome.Skipped("classify", "language")
                    : Sample.enriched(
                            "classify",
                            new Classification(
                                    Optional.of(label),
                                    probability,
                                    List.of(new LabelScore(label, probability)),
                                    Coverage.complete(1)));
            Language known = language.isEmpty() ? Language.unknown() : Language.declared(language);
            return Sample.event(Map.of(), known, outcome);
        }
    }

    /** A condition in both languages. */
    record Both(String cel, Predicate<Known> java) {}

    @Provide
    Arbitrary<Known> events() {
        return Combinators.combine(
                        Arbitraries.of("", "en", "de"),
                        Arbitraries.of("", "spam", "ham"),
                        Arbitraries.integers().between(0, 4))
                .as((language, label, score) -> new Known(language, label, label.isEmpty() ? 0 : score));
    }

    @Provide
    Arbitrary<Both> conditions() {
        Arbitrary<Both> languages = Arbitraries.of("en", "de", "")
                .map(tag -> new Both(
                        "language == '" + tag + "'", known -> known.language().equals(tag)));
        Arbitrary<Both> labels = Arbitraries.of("spam", "ham", "")
                .map(label -> new Both("stages.classify.label == '" + label + "'", known -> known.label()
                        .equals(label)));
        Arbitrary<Both> scores = Combinators.combine(
                        Arbitraries.integers().between(0, 4), Arbitraries.of("<", "<=", ">", ">="))
                .as((quarters, operator) -> new Both(
                        "stages.classify.score %s %s".formatted(operator, quarters / 4.0),
                        known -> compare(known.score(), operator, quarters)));
        Arbitrary<Both> found = Arbitraries.just(
                new Both("has(stages.classify)", known -> !known.label().isEmpty()));
        Arbitrary<Both> terms = Arbitraries.oneOf(languages, labels, scores, found);
        return combined(combined(combined(terms)));
    }

    /** Conditions as they are, negated, and two together. */
    private static Arbitrary<Both> combined(Arbitrary<Both> inner) {
        return Arbitraries.oneOf(
                inner,
                inner.map(one -> new Both("!(" + one.cel() + ")", one.java().negate())),
                Combinators.combine(inner, inner)
                        .as((a, b) -> new Both(
                                "(" + a.cel() + " && " + b.cel() + ")", a.java().and(b.java()))),
                Combinators.combine(inner, inner)
                        .as((a, b) -> new Both(
                                "(" + a.cel() + " || " + b.cel() + ")", a.java().or(b.java()))));
    }

    private static boolean compare(int score, String operator, int quarters) {
        return switch (operator) {
            case "<" -> score < quarters;
            case "<=" -> score <= quarters;
            case ">" -> score > quarters;
            default -> score >= quarters;
        };
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anExpressionHoldsWhereTheSameConditionInJavaDoes(
            @ForAll @From("conditions") Both condition, @ForAll @From("events") Known known) {
        Expression expression = COMPILER.compile(condition.cel());

        assertThat(expression.holds(known.event()))
                .as(condition.cel())
                .isEqualTo(condition.java().test(known));
        assertThat(expression.needsLanguage()).isEqualTo(condition.cel().contains("language"));
        assertThat(expression.stages().isEmpty()).isEqualTo(!condition.cel().contains("stages"));
    }
}
