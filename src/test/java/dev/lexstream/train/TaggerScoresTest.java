package dev.lexstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lexstream.nlp.TagScheme;
import dev.lexstream.nlp.TokenTag;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaggerScoresTest {

    private static TokenTag span(int start, int end, String label) {
        return new TokenTag(start, end, label, 1);
    }

    private static TaggerScores scores(TagScheme scheme, List<TokenTag> gold, List<TokenTag> found) {
        TaggerScores.Counter counter = new TaggerScores.Counter(scheme);
        counter.add(gold, found);
        return counter.scores();
    }

    @Test
    void wordsMustHaveBothTheirEndsToBeFound() {
        TaggerScores scores = scores(
                TagScheme.SEGMENTS,
                List.of(span(0, 2, "NOUN"), span(2, 3, "VERB"), span(3, 5, "NOUN")),
                List.of(span(0, 2, "VERB"), span(2, 3, "VERB"), span(3, 4, "NOUN"), span(4, 5, "NOUN")));
        assertThat(scores.measures()).containsOnlyKeys("segmentationF1", "jointF1");
        assertThat(scores.measures().get("segmentationF1")).isCloseTo(2 * 2 / 7.0, within(1e-9));
        assertThat(scores.measures().get("jointF1")).isCloseTo(2 * 1 / 7.0, within(1e-9));
    }

    @Test
    void entitiesAreCountedOverAllLabels() {
        TaggerScores scores =
                scores(TagScheme.SPANS, List.of(span(0, 2, "date"), span(4, 6, "time")), List.of(span(0, 2, "date")));
        assertThat(scores.measures()).containsOnlyKeys("spanF1");
        assertThat(scores.main()).isCloseTo(2 * 1 / 3.0, within(1e-9));
        assertThat(scores.tags().get("time").f1()).isZero();
    }

    @Test
    void theAccuracyOfTokensIsTheShareOfRightOnes() {
        TaggerScores scores = scores(
                TagScheme.TOKENS,
                List.of(span(0, 1, "A"), span(2, 3, "A"), span(4, 5, "B")),
                List.of(span(0, 1, "A"), span(2, 3, "B"), span(4, 5, "B")));
        assertThat(scores.measures().get("accuracy")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(scores.measures().get("macroF1")).isCloseTo(2 / 3.0, within(1e-9));
    }
}
