package dev.lexstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FieldPathTest {

    @Example
    void namesPositionsAndEachElementAreSteps() {
        assertThat(FieldPath.parse("a.b[0][*].\"c.\\\"\\\\d\".正文").steps())
                .containsExactly(
                        new FieldPath.Name("a"),
                        new FieldPath.Name("b"),
                        new FieldPath.Index(0),
                        new FieldPath.Each(),
                        new FieldPath.Name("c.\"\\d"),
                        new FieldPath.Name("正文"));
        assertThat(FieldPath.parse("a[*].b").isMany()).isTrue();
        assertThat(FieldPath.parse("a[0].b").isMany()).isFalse();
    }

    @Example
    void whatIsNoPathSaysWhereAndWhatIsAllowed() {
        assertThatThrownBy(() -> FieldPath.parse(""))
                .hasMessageStartingWith("found the end after 0 characters; allowed is a name");
        assertThatThrownBy(() -> FieldPath.parse("正.文 a"))
                .hasMessage("found ' ' at character 4; allowed are '.', '[' and the end");
        assertThatThrownBy(() -> FieldPath.parse("a[1"))
                .hasMessageStartingWith("found '1' at character 3; allowed are a position");
        assertThatThrownBy(() -> FieldPath.parse("a[1234567890]")).hasMessageStartingWith("found '1' at character 3");
        assertThatThrownBy(() -> FieldPath.parse("\"a\\n\""))
                .hasMessage("found 'n' at character 4; allowed after '\\' are '\"' and '\\'");
    }

    @Property
    void aPathIsReadAsItIsWritten(@ForAll("paths") FieldPath path) {
        assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
    }

    @Property
    void anyTextIsAPathOrIsRefusedWithAReason(@ForAll String text) {
        try {
            FieldPath.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)found .+; allowed .+");
        }
    }

    @Provide
    Arbitrary<FieldPath> paths() {
        Arbitrary<FieldPath.Step> name = Arbitraries.strings().map(FieldPath.Name::new);
        Arbitrary<FieldPath.Step> element = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 999_999_999).map(FieldPath.Index::new),
                Arbitraries.just(new FieldPath.Each()));
        Arbitrary<List<FieldPath.Step>> rest =
                Arbitraries.oneOf(name, element).list().ofMaxSize(5);
        return name.flatMap(first -> rest.map(steps -> {
            List<FieldPath.Step> all = new ArrayList<>(List.of(first));
            all.addAll(steps);
            return new FieldPath(all);
        }));
    }
}
