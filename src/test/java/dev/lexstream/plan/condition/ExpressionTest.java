package dev.lexstream.plan.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lexstream.event.Envelope;
import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.failure.Reason;
import dev.lexstream.nlp.Classification;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.plan.EnrichedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions see of an event, and what they cannot be evaluated on. */
class ExpressionTest {

    private static final ConditionCompiler COMPILER = Sample.compiler();

    private static boolean holds(String text, EnrichedEvent event) {
        return COMPILER.compile(text).holds(event);
    }

    private static ConditionFailedException failure(String text, EnrichedEvent event) {
        Expression expression = COMPILER.compile(text);
        ConditionFailedException failure =
                catchThrowableOfType(ConditionFailedException.class, () -> expression.holds(event));
        assertThat(failure).as(text).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text == 'hello world' && texts.text == text && texts['title'] == 'Gruß 😀' && size(texts) == 2",
                "size(texts.title) == 6",
                "language == 'en' && language in ['de', 'en']",
                "topic == 'in' && key == 'k1'",
                "timestamp == timestamp('2023-11-14T22:13:20.123Z') && timestamp.getFullYear() == 2023",
                "headers.kind == 'b' && headers.`ce-type` == 'x' && headers['ce-type'] == 'x'",
                "headers.none == '' && headers.broken == '' && !has(headers.missing) && size(headers) == 4",
                "headers.exists(name, name == 'kind' && headers[name] == 'b')",
                "attributes.count == 3 && attributes.price == 2.5 && attributes.shop == 'corner' && attributes.vip",
                "attributes.count < 3.5 && attributes.price > 2 && attributes.count == 3.0",
                "attributes.shop != 3 && 'shop' in attributes && !('none' in attributes)",
                "attributes.exists(name, attributes[name] == 'corner') && size(attributes) == 5",
                "type(attributes.count) == int && type(attributes.price) == double && type(attributes.shop) == string",
                "text.startsWith('hell') && text.endsWith('ld') && text.contains('o w') && text.matches('h.*d')",
                "text.upperAscii().substring(0, 5) == 'HELLO' && text.indexOf('w') == 6 && text.charAt(0) == 'h'",
            })
    void theVariablesOfAnEvent(String text) {
        assertThat(holds(text, Sample.event())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stages.classify.label == 'spam' && stages.classify.score == 0.75 && !stages.classify.out_of_scope",
                "stages.classify.scores.ham == 0.25 && stages.classify.scores['spam'] > 0.5",
                "stages.classify.scores.all(label, label in ['ham', 'spam'])",
                "stages.classify.status == 'done' && stages.classify.reason == '' && has(stages.classify)",
                "has(stages.classify.label) && has(stages.classify.status)",
                "stages.tag.tags.exists(t, t.label == 'LOC' && t.score > 0.7 && t.start == 6 && t.end == 11)",
                "stages.tag.tags.exists_one(t, t.label == 'PER') && size(stages.tag.tags) == 2",
                "stages.tag.tags[0].label == 'PER' && has(stages.tag.tags)",
                "stages.translate.translation == 'Hallo Welt' && stages.translate.target == 'de'",
                "stages.translate.score == -0.5 && stages.translate.status == 'truncated'",
                "stages.?classify.label.orValue('x') == 'spam'",
                "stages.`my-stage`.status == 'skipped' && stages.`my-stage`.reason == 'language en'",
            })
    void whatStagesHaveFound(String text) {
        assertThat(holds(text, Sample.event())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!has(stages.classify) && !has(stages.`my-stage`) && !has(stages.tag) && !has(stages.translate)",
                "stages.classify.label == '' && stages.classify.score == 0.0 && stages.classify.scores == {}",
                "!stages.classify.out_of_scope && !has(stages.classify.label) && has(stages.classify.status)",
                "stages.tag.tags == [] && stages.translate.translation == '' && stages.translate.target == ''",
                "stages.`my-stage`.status == 'failed' && stages.`my-stage`.reason == 'cannot'",
                "stages.translate.status == 'failed' && stages.translate.reason == ''",
                "stages.?classify.label.orValue('none') == 'none' && !stages.?tag.hasValue()",
            })
    void stagesThatHaveFoundNothingHaveZeroValues(String text) {
        assertThat(holds(text, Sample.nothing())).isTrue();
    }

    @Test
    void aRejectedTextKeepsItsBestLabel() {
        Classification rejected = new Classification(
                Optional.empty(),
                0.5f,
                List.of(new LabelScore("ham", 0.5f), new LabelScore("spam", 0.25f)),
                Coverage.complete(1));

        assertThat(holds(
                        "stages.classify.label == 'ham' && stages.classify.out_of_scope",
                        Sample.event(Sample.enriched("classify", rejected))))
                .isTrue();
    }

    @Test
    void whatAnEventDoesNotHaveIsEmpty() {
        TextEvent bare = TextEvent.of("1", "text", Optional.empty());
        EnrichedEvent event = new EnrichedEvent(bare, Language.unknown(), List.of(), Instant.EPOCH, Instant.EPOCH);

        assertThat(bare.envelope()).isSameAs(Envelope.NONE);
        assertThat(holds(
                        "language == '' && key == '' && topic == '' && headers == {} && attributes == {} && timestamp == timestamp(0)",
                        event))
                .isTrue();
    }

    @Test
    void declaredAttributesAreReadLikeOthers() {
        ConditionCompiler declared = new ConditionCompiler(
                Sample.STAGES, Map.of("price", AttributeType.DOUBLE, "none", AttributeType.STRING));

        assertThat(declared.compile("attributes.price > 2.0 && !has(attributes.none)")
                        .holds(Sample.event()))
                .isTrue();
        assertThat(declared.compile("attributes.?none.orValue('x') == 'x'").holds(Sample.event()))
                .isTrue();
        assertThat(catchThrowableOfType(ConditionFailedException.class, () -> declared.compile("attributes.none == 'x'")
                        .holds(Sample.event())))
                .hasMessageStartingWith("line 1, column 12: ATTRIBUTE_NOT_FOUND");
    }

    @Test
    void aMissingAttributeFailsAndTellsHowToAsk() {
        ConditionFailedException failure = failure("language == 'en' &&\n  attributes.missing > 3", Sample.event());

        assertThat(failure)
                .hasMessage(
                        "line 2, column 14: ATTRIBUTE_NOT_FOUND: there is no value of this name; ask before, as in "
                                + "has(attributes.x) && attributes.x > 1, or give a default, as in attributes.?x.orValue(0) > 1")
                .hasNoCause();
        assertThat(failure.reason()).isEqualTo(Reason.CONDITION_FAILED);
        assertThat(failure.reason().kind()).isEqualTo(Reason.Kind.DATA);
        assertThat(failure.reason().code()).isEqualTo("condition-failed");
        assertThat(holds("has(attributes.missing) && attributes.missing > 3", Sample.event()))
                .isFalse();
        assertThat(holds("attributes.?missing.orValue(4) > 3", Sample.event())).isTrue();
        assertThat(holds("attributes[?'missing'].orValue(4) > 3", Sample.event()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            1 / attributes.zero > 3                | 3  | DIVIDE_BY_ZERO
            1 % attributes.zero > 3                | 3  | DIVIDE_BY_ZERO
            headers.missing == 'x'                 | 9  | ATTRIBUTE_NOT_FOUND
            texts[language] == 'x'                 | 6  | ATTRIBUTE_NOT_FOUND
            stages.classify.scores.eggs > 0.5      | 24 | ATTRIBUTE_NOT_FOUND
            stages.tag.tags[7].label == 'x'        | 16 | INDEX_OUT_OF_BOUNDS
            dyn(stages.tag.tags)[0].bogus == 1     | 25 | ATTRIBUTE_NOT_FOUND
            attributes.shop > 3                    | 17 | OVERLOAD_NOT_FOUND
            int(text) > 3                          | 4  | BAD_FORMAT
            attributes.count * 9223372036854775807 > 1 | 18 | NUMERIC_OVERFLOW
            attributes.shop && true                | 12 | INVALID_ARGUMENT
            attributes.shop                        | 1  | INVALID_ARGUMENT
            attributes.count ? true : false        | 18 | INVALID_ARGUMENT
            """)
    void anErrorHasItsPlaceAndItsCodeAndNothingOfTheEvent(String text, int column, String code) {
        ConditionFailedException failure = failure(text, Sample.event());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.position()).isEqualTo(new Position(1, column));
        assertThat(failure)
                .hasMessageStartingWith("line 1, column %d: %s: ".formatted(column, code))
                .hasMessageNotContainingAny("hello", "corner")
                .hasNoCause();
        assertThat(failure.getStackTrace()).isEmpty();
    }

    @Test
    void aPlaceCountsCodePoints() {
        assertThat(failure("text == '😀' || attributes.missing > 3", Sample.event())
                        .position())
                .isEqualTo(new Position(1, 27));
    }

    @ParameterizedTest
    @ValueSource(strings = {"attributes.vip || attributes.missing", "attributes.missing || attributes.vip"})
    void anErrorDoesNotCountWhereTheOtherSideDecides(String text) {
        assertThat(holds(text, Sample.event())).isTrue();
        assertThat(failure(text.replace("||", "&&"), Sample.event()).code()).isEqualTo("ATTRIBUTE_NOT_FOUND");
    }

    @Test
    void manyThreadsMayEvaluateOneExpression() throws Exception {
        Expression expression = COMPILER.compile(
                "stages.tag.tags.exists(t, t.label == 'LOC') && text.matches('h.*d') && attributes.vip && has(stages.classify)");
        EnrichedEvent found = Sample.event();
        EnrichedEvent nothing = Sample.nothing();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = IntStream.range(0, 8)
                    .mapToObj(thread -> threads.submit(() -> IntStream.range(0, 5_000)
                            .allMatch(i -> expression.holds(i % 2 == 0 ? found : nothing) == (i % 2 == 0))))
                    .toList();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
