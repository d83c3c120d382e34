package dev.lexstream.plan.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be known to be wrong is said when an expression is compiled, with its place and in plain words. */
class ConditionCompilerTest {

    private static final ConditionCompiler COMPILER = Sample.compiler();

    static List<Problem> problems(ConditionCompiler compiler, String text) {
        ConditionException exception = catchThrowableOfType(ConditionException.class, () -> compiler.compile(text));
        assertThat(exception).as(text).isNotNull();
        return exception.problems();
    }

    private static List<String> told(String text) {
        return problems(COMPILER, text).stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            lnguage == 'en'                 | 1 | no variable 'lnguage' (did you mean 'language'?); there are attributes, headers, key, language, stages, text, texts, timestamp, topic
            classify.label == 'spam'        | 1 | no variable 'classify': did you mean 'stages.classify'?
            stages.clasify.label == 'spam'  | 8 | no stage 'clasify' (did you mean 'classify'?); there are classify, my-stage, tag, translate
            stages.?clasify.hasValue()      | 9 | no stage 'clasify' (did you mean 'classify'?); there are classify, my-stage, tag, translate
            stages.classify.lable == 'spam' | 17 | stage 'classify', a classification, has no field 'lable' (did you mean 'label'?); its fields are label, out_of_scope, reason, score, scores, status
            has(stages.tag.label)           | 4 | stage 'tag', a tagging, has no field 'label'; its fields are reason, status, tags
            stages.tag.tags.exists(t, t.lable == 'x') | 29 | a tag has no field 'lable' (did you mean 'label'?); its fields are end, label, score, start
            language.foo == 'x'             | 10 | a value of type string has no fields
            sise(text) > 3                  | 1 | no function 'sise' (did you mean 'size'?); there are all, bool, bytes, charAt, contains, double, duration, dyn, endsWith, exists, exists_one, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear, getFullYear, getHours, getMilliseconds, getMinutes, getMonth, getSeconds, has, hasValue, indexOf, int, lastIndexOf, lowerAscii, matches, orValue, size, startsWith, string, substring, timestamp, trim, type, uint, upperAscii, value
            stages.my-stage.label == 'x'    | 8 | '-' is a minus here; a name with a hyphen is written in backquotes: stages.`my-stage`
            headers.ce-type == 'x'          | 9 | '-' is a minus here; a name with a hyphen is written in backquotes: headers.`ce-type`
            """)
    void anUnknownNameIsNamedWithThoseThereAre(String text, int column, String message) {
        assertThat(problems(COMPILER, text)).containsExactly(new Problem(new Position(1, column), message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            text                          | 1 | a condition has to be true or false, found string
            stages.classify.score         | 17 | a condition has to be true or false, found double
            stages.classify.label > 3     | 23 | '>' does not take (string, int)
            language == 3                 | 10 | '==' does not take (string, int): the types have to be the same
            language == null              | 10 | '==' does not take (string, null): the types have to be the same
            language ? 'a' : 'b'          | 10 | '? :' does not take (string, string, string): the types have to be the same
            !language                     | 1 | '!' does not take (string), but (bool)
            text.contains(3)              | 14 | 'contains' does not take string.(int), but string.(string)
            timestamp > '2026-01-01'      | 11 | '>' does not take (timestamp, string)
            stages[text] == 1             | 7 | stages are named, as in stages.NAME, and not looked up in brackets
            stages[?'tag'].hasValue()     | 7 | stages are named, as in stages.NAME, and not looked up in brackets
            stages.exists(s, true)        | 1 | all, exists and exists_one go over lists and maps, found stages
            """)
    void aTypeThatDoesNotFitIsNamed(String text, int column, String message) {
        assertThat(problems(COMPILER, text)).containsExactly(new Problem(new Position(1, column), message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            language = 'en'                     | 10 | '=' is no operator: did you mean '=='?
            language == 'en' & true             | 18 | '&' is no operator: did you mean '&&'?
            language == 'en' and true           | 18 | 'and' is not expected here
            language ==                         | 12 | the expression ends too early
            (language == 'en'                   | 18 | ')' is missing
            language == "en                     | 13 | this text has no end or an escape that CEL does not know
            "\\q" == text                       | 1 | this text has no end or an escape that CEL does not know
            "\\ud800" == text                   | 1 | this text has an escape that is no character of Unicode
            99999999999999999999 > 1            | 1 | this number is larger than 64 bits
            language == 'a'; true               | 16 | ';' is not part of CEL
            for == 3                            | 1 | 'for' is a reserved word of CEL and cannot be a name
            has(text)                           | 4 | has takes one field, as in has(attributes.x)
            stages.tag.tags.exists(t.x, true)   | 26 | all, exists and exists_one take the name of a variable first, as in tags.exists(t, t.score > 0.5)
            stages.tag.tags.all()               | 17 | 'all' takes the name of a variable and a condition, as in stages.tag.tags.all(t, t.score > 0.5)
            """)
    void whatIsNoCelIsSaidOnce(String text, int column, String message) {
        assertThat(problems(COMPILER, text)).containsExactly(new Problem(new Position(1, column), message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            1 / 0 == 1                         | 3  | this always fails: a number is divided by zero
            9223372036854775807 + 1 > 0        | 21 | this always fails: a number leaves the range of its type
            timestamp > timestamp('yesterday') | 22 | this always fails: a text is not in the form of what it is read as, such as a number, a time or a duration
            duration('5') > duration('1s')     | 9  | this always fails: a text is not in the form of what it is read as, such as a number, a time or a duration
            """)
    void whatFailsOnEveryEventIsKnownBeforeTheFirst(String text, int column, String message) {
        assertThat(problems(COMPILER, text)).containsExactly(new Problem(new Position(1, column), message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            stages == stages                       | stages.NAME.status
            dyn(stages).classify.label == 'x'      | stages.NAME.status
            [stages] == []                         | stages.NAME.status
            optional.of(stages).hasValue()         | stages.NAME.status
            stages.classify == stages.classify     | stages.NAME.label
            type(stages.translate) == string       | stages.NAME.translation
            dyn(stages.tag).x == 1                 | stages.NAME.tags
            stages.tag.tags.exists(t, t == t)      | tags.exists(t, t.label == 'x')
            """)
    void stagesAndWhatTheyFindAreReadByTheirFieldsOnly(String text, String instead) {
        assertThat(problems(COMPILER, text)).extracting(Problem::message).allSatisfy(message -> assertThat(message)
                .contains("is no value of its own: choose one of its fields, as in " + instead));
    }

    @Test
    void allProblemsAreToldAtOnceInTheirOrder() {
        assertThat(told("stages.clasify.label == 'x' &&\n  text.matches('(') && lnguage == 3"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("line 1, column 8: no stage 'clasify'"),
                        second -> assertThat(second).startsWith("line 2, column 15: not a regular expression of RE2"),
                        third -> assertThat(third).startsWith("line 2, column 24: no variable 'lnguage'"));
    }

    @Test
    void columnsCountCodePoints() {
        assertThat(problems(COMPILER, "text == '😀ä' || lnguage == ''").get(0).position())
                .isEqualTo(new Position(1, 17));
        assertThat(problems(COMPILER, "// 😀\ntext == '😀' || lnguage == ''")
                        .get(0)
                        .position())
                .isEqualTo(new Position(2, 16));
    }

    @Test
    void aStageThatDoesNotComeBeforeIsRefused() {
        ConditionException exception = catchThrowableOfType(
                ConditionException.class, () -> COMPILER.compile("stages.tag.status == 'done'", List.of("classify")));
        ConditionException first =
                catchThrowableOfType(ConditionException.class, () -> COMPILER.compile("has(stages.tag)", List.of()));

        assertThat(exception)
                .hasMessage("line 1, column 8: stage 'tag' does not come before this one; those that do are classify");
        assertThat(first).hasMessageEndingWith("stage 'tag' does not come before this one; no stage does");
    }

    @Test
    void whatAnExpressionNeedsIsInItsTree() {
        Expression expression = COMPILER.compile(
                "has(stages.classify) && stages.?tag.hasValue() && .stages.`my-stage`.score > 0.5 && language == 'en'");

        assertThat(expression.stages()).isEqualTo(Set.of("classify", "tag", "my-stage"));
        assertThat(expression.needsLanguage()).isTrue();
        assertThat(COMPILER.compile(".language == 'en'").needsLanguage()).isTrue();
        assertThat(COMPILER.compile("[text].exists(stages, stages == 'stages.tag')")
                        .stages())
                .isEmpty();
        assertThat(COMPILER.compile("text == 'language'").needsLanguage()).isFalse();
        assertThat(expression).hasToString(expression.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            attributes.pric > 2.0          | no attribute 'pric' is declared (did you mean 'price'?); declared are price, shop
            attributes.shop > 3            | '>' does not take (string, int)
            attributes['price'] > 3.0      | declared attributes are named, as in attributes.NAME, and not looked up in brackets
            attributes.exists(a, a == 'x') | all, exists and exists_one go over lists and maps, found attributes
            """)
    void declaredAttributesHaveNamesAndTypes(String text, String message) {
        ConditionCompiler declared = new ConditionCompiler(
                Sample.STAGES, Map.of("price", AttributeType.DOUBLE, "shop", AttributeType.STRING));

        assertThat(problems(declared, text)).extracting(Problem::message).containsExactly(message);
    }
}
