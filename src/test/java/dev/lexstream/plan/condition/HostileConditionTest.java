package dev.lexstream.plan.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression exhausts the heap or the stack, or runs without end. */
@Timeout(30)
class HostileConditionTest {

    private static final ConditionCompiler COMPILER = Sample.compiler();

    private static List<String> messages(String text) {
        return ConditionCompilerTest.problems(COMPILER, text).stream()
                .map(Problem::message)
                .toList();
    }

    /** A part for each level, numbered, around a core. */
    private static String nested(int levels, String before, String core, String after) {
        return IntStream.range(0, levels)
                        .mapToObj(i -> before.replace("#", Integer.toString(i)).replace("@", Integer.toString(i + 1)))
                        .collect(Collectors.joining())
                + core
                + after.repeat(levels);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1].map(x, [x, x]) == []",
                "[1].map(x, x > 0, x) == []",
                "[1].filter(x, x > 0) == []",
                "optional.of(text).optMap(x, x) == optional.none()",
                "optional.of(text).optFlatMap(x, x) == optional.none()",
                "cel.bind(x, text, x == x)",
                "{'a': 1}.transformMap(k, v, v) == {}",
            })
    void macrosThatMakeListsOrBindVariablesAreRefused(String text) {
        assertThat(messages(text))
                .singleElement()
                .asString()
                .matches("'\\w+' is not allowed, as its result may grow without bounds; the macros are all, exists, "
                        + "exists_one and has");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text.replace('a', 'aa') == ''",
                "text.split('') == []",
                "['a'].join(text) == ''",
                "strings.quote(text) == ''",
                "'%s%s'.format([text, text]) == ''",
            })
    void functionsThatGrowAreRefused(String text) {
        assertThat(messages(text)).anySatisfy(message -> assertThat(message)
                .endsWith("is not allowed, as its result may grow without bounds"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text + text == ''", "[1] + [2] == []", "b'a' + b'b' == b''", "[text + text] == []"})
    void joiningIsRefused(String text) {
        assertThat(messages(text))
                .containsExactly(
                        "'+' adds numbers and times; joining texts, bytes or lists is not allowed, as the result may "
                                + "grow without bounds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dyn(text) + dyn(text) == ''",
                "dyn([1]) + dyn([2]) == []",
                "attributes.shop + attributes.shop == ''"
            })
    void joiningOfValuesWhoseTypeIsKnownLateFails(String text) {
        assertThatThrownBy(() -> COMPILER.compile(text).holds(Sample.event()))
                .isInstanceOfSatisfying(ConditionFailedException.class, e -> assertThat(e.code())
                        .isEqualTo("OVERLOAD_NOT_FOUND"));
    }

    /** Each level doubles what the one before has made, as macros over lists of one element bind variables. */
    @Test
    void doublingByListsOfListsIsRefused() {
        String text = nested(25, "[[a#, a#]].exists(a@, ", "a25 == a25", ")").replace("[[a0, a0]]", "[[text, text]]");

        assertThat(messages(text))
                .isNotEmpty()
                .allMatch(message -> message.contains("may not be part of a list or map, which could grow"));
        assertThat(messages("[text].exists(a, {'k': a} == {'k': ''})")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{text: language} == {}",
                "[[text, text], [text]] == []",
                "[text].exists(a, [text].exists(b, a == b))"
            })
    void listsThatDoNotGrowAreAllowed(String text) {
        assertThat(COMPILER.compile(text).stages()).isEmpty();
    }

    static Stream<String> deep() {
        return Stream.of(
                nested(100, "(", "true", ")"),
                nested(100, "[", "", "]") + " == []",
                "attributes" + ".a".repeat(1_500) + " == 1",
                "1" + " + 1".repeat(900) + " > 1",
                "language == 'x'" + " == true".repeat(400),
                "true ? true : ".repeat(200) + "true",
                nested(100, "[1].all(x, ", "true", ")"));
    }

    @ParameterizedTest
    @MethodSource("deep")
    void deepNestingIsRefused(String text) {
        assertThat(messages(text))
                .containsExactly("the expression is nested too deeply: at most 60 levels are allowed");
    }

    @Test
    void longChainsOfOneOperatorAreNotDeep() {
        assertThat(COMPILER.compile("true" + " && true".repeat(450)).holds(Sample.event()))
                .isTrue();
        assertThat(COMPILER.compile("!".repeat(300) + "true").holds(Sample.event()))
                .isTrue();
    }

    @Test
    void lengthIsLimitedInCodePoints() {
        String allowed = "text == '" + "😀".repeat(4_000 - 10) + "'";

        assertThat(COMPILER.compile(allowed).holds(Sample.event())).isFalse();
        assertThat(messages(allowed + " ")).containsExactly("at most 4,000 code points are allowed, found 4,001");
        assertThat(messages(" \n")).containsExactly("an expression is needed, found none");
    }

    @Test
    void iterationsAreLimitedInTotal() {
        String hundred = IntStream.range(0, 100).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        Expression expression = COMPILER.compile(
                "%s.all(x, %s.all(y, %s.all(z, x + y + z >= 0)))".formatted(hundred, hundred, hundred));

        assertThatThrownBy(() -> expression.holds(Sample.event()))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining(
                        "ITERATION_BUDGET_EXCEEDED: all, exists and exists_one visit more than 10,000 elements");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(((a{1000}){1000}){1000}){1000}",
                "(((a{30,}){30,}){30,}){0,30}",
                "a{1000}{1000}",
                "([ab]c{9}){900}{2}",
                "a{100}{999999999}{999999999}",
            })
    void regularExpressionsThatAreLargeOnceWrittenOutAreRefused(String regex) {
        assertThat(messages("text.matches('" + regex + "')"))
                .containsExactly(
                        "this regular expression has more than 10,000 steps once its repetitions are written out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{1001}", "(?=a)", "a**", "\\\\1", "(?P<n>a)(?P<n>b)"})
    void whatIsNoRegularExpressionOfRe2IsRefused(String regex) {
        assertThat(messages("text.matches('" + regex + "')"))
                .singleElement()
                .asString()
                .startsWith("not a regular expression of RE2: ");
        assertThat(messages("matches(text, '" + regex + "')")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\d{4}-\\\\d{2}", "(spam|ham){2,5}", "\\\\{[(]{3}", "\\\\Q{9}(\\\\E", "(a*)*(a*)*"})
    void ordinaryRegularExpressionsAreAllowed(String regex) {
        assertThat(COMPILER.compile("text.matches('" + regex + "')").needsLanguage())
                .isFalse();
    }

    @Test
    void deepRegularExpressionsAreRefused() {
        assertThat(messages("text.matches('" + nested(61, "(", "a", ")") + "')"))
                .containsExactly("this regular expression is nested too deeply: at most 60 levels are allowed");
        assertThat(COMPILER.compile("text.matches('" + nested(60, "(", "l", ")") + "')")
                        .holds(Sample.event()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.matches(language)", "text.matches(string(3))", "matches(text, attributes.shop)"})
    void aRegularExpressionThatIsNotWrittenOutIsRefused(String text) {
        assertThat(messages(text))
                .singleElement()
                .asString()
                .contains("has to be written out, as in text.matches('a+b')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Classification{label: 'x'} == stages.classify.label",
                "lexstream.tag{label: 'x'}.label == ''",
                "google.protobuf.Int32Value{value: 3} == 3",
                "lexstream.stages{}.tag.status == ''",
            })
    void messagesAreRefused(String text) {
        assertThat(messages(text))
                .anyMatch(message -> message.endsWith("{...}' is not allowed: conditions make no messages"));
    }
}
