package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TagSchemeTest {

    /** Tokens of one character each, without white space. */
    private static List<Span> adjacent(int count) {
        List<Span> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(new Span(i, i + 1));
        }
        return tokens;
    }

    private static List<String> spans(TagScheme scheme, List<Span> tokens, String... tags) {
        return scheme.spans(List.of(tags), new float[tags.length], tokens).stream()
                .map(span -> span.label() + " " + span.start() + ".." + span.end())
                .toList();
    }

    @Test
    void theTagsSayOfWhatSchemeTheyAre() {
        assertThat(TagScheme.of(List.of("NOUN", "X"))).isEqualTo(TagScheme.TOKENS);
        assertThat(TagScheme.of(List.of("B-NOUN", "E-NOUN", "S-X"))).isEqualTo(TagScheme.SEGMENTS);
        assertThat(TagScheme.of(List.of("O", "B-date", "I-date"))).isEqualTo(TagScheme.SPANS);
    }

    @Test
    void entitiesAreSpansWithoutTheirBoundaries() {
        assertThat(spans(TagScheme.SPANS, adjacent(6), "O", "B-date", "I-date", "B-date", "O", "B-time"))
                .containsExactly("date 1..3", "date 3..4", "time 5..6");
    }

    @Test
    void whatContinuesNothingBeginsASpan() {
        assertThat(spans(TagScheme.SPANS, adjacent(4), "I-date", "O", "B-date", "I-time"))
                .containsExactly("date 0..1", "date 2..3", "time 3..4");
    }

    @Test
    void wordsEndAtWhiteSpaceButEntitiesDoNot() {
        List<Span> apart = List.of(new Span(0, 3), new Span(4, 8));
        assertThat(spans(TagScheme.SEGMENTS, apart, "B-PROPN", "E-PROPN")).containsExactly("PROPN 0..3", "PROPN 4..8");
        assertThat(spans(TagScheme.SPANS, apart, "B-place", "I-place")).containsExactly("place 0..8");
    }

    @Test
    void aSpanIsAsCertainAsItsLeastCertainToken() {
        List<TokenTag> spans =
                TagScheme.SEGMENTS.spans(List.of("B-NOUN", "E-NOUN"), new float[] {0.9f, 0.6f}, adjacent(2));
        assertThat(spans).extracting(TokenTag::score).containsExactly(0.6f);
    }

    @Property
    void aSegmentationIsFoundAgainInItsTags(@ForAll @Size(max = 20) List<@IntRange(min = 1, max = 5) Integer> words) {
        List<String> tags = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int word : words) {
            expected.add("X " + tags.size() + ".." + (tags.size() + word));
            tags.addAll(TagScheme.segment(word, "X"));
        }
        assertThat(spans(TagScheme.SEGMENTS, adjacent(tags.size()), tags.toArray(String[]::new)))
                .isEqualTo(expected);
    }
}
