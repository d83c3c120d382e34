package dev.lexstream.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * BLEU of a corpus, the same number as sacreBLEU's default: words by {@link Tokenizer13a}, runs of up to four, case
 * kept, exponential smoothing of orders without a match, brevity penalty.
 *
 * @param score 0 to 100
 * @param precisions of runs of one to four words, 0 to 100, smoothed
 * @param brevityPenalty factor for translations that are shorter than their references, 0 to 1
 * @param length words of the translations
 * @param referenceLength words of the references, for each translation of the one nearest in length
 * @param signature what was computed, in sacreBLEU's form
 * @see <a href="https://aclanthology.org/P02-1040/">Papineni et al., "BLEU" (2002)</a>
 * @see <a href="https://aclanthology.org/W18-6319/">Post, "A Call for Clarity in Reporting BLEU Scores" (2018)</a>
 */
public record Bleu(
        double score,
        List<Double> precisions,
        double brevityPenalty,
        long length,
        long referenceLength,
        String signature) {

    private static final int ORDER = 4;

    public Bleu {
        precisions = List.copyOf(precisions);
    }

    /**
     * Compares translations with their references.
     *
     * @param references of each translation, at least one
     * @throws IllegalArgumentException when there is no translation, or one without a reference
     */
    public static Bleu of(List<String> translations, List<List<String>> references) {
        ReferencedTexts texts = new ReferencedTexts(translations, references);
        Counts counts = new Counts();
        for (int i = 0; i < translations.size(); i++) {
            counts.add(
                    Tokenizer13a.words(translations.get(i)),
                    references.get(i).stream().map(Tokenizer13a::words).toList());
        }
        return counts.bleu(
                "nrefs:" + texts.count() + "|case:mixed|eff:no|tok:13a|smooth:exp|version:" + MetricVersion.current());
    }

    /** The figures in sacreBLEU's form. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "BLEU = %.2f %.1f/%.1f/%.1f/%.1f (BP = %.3f ratio = %.3f hyp_len = %d ref_len = %d)",
                score,
                precisions.get(0),
                precisions.get(1),
                precisions.get(2),
                precisions.get(3),
                brevityPenalty,
                referenceLength == 0 ? 0 : (double) length / referenceLength,
                length,
                referenceLength);
    }

    private static final class Counts {

        private final long[] matches = new long[ORDER];
        private final long[] totals = new long[ORDER];
        private long length;
        private long referenceLength;

        void add(List<String> translation, List<List<String>> references) {
            length += translation.size();
            referenceLength += references.stream()
                    .map(List::size)
                    .min(Comparator.<Integer>comparingInt(size -> Math.abs(size - translation.size()))
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            for (int i = 0; i < ORDER; i++) {
                int order = i + 1;
                Ngrams found = Ngrams.of(translation, order);
                Ngrams allowed = references.stream()
                        .map(reference -> Ngrams.of(reference, order))
                        .reduce(Ngrams::union)
                        .orElseThrow();
                matches[i] += found.common(allowed);
                totals[i] += found.total();
            }
        }

        Bleu bleu(String signature) {
            double penalty =
                    length >= referenceLength ? 1 : length == 0 ? 0 : Math.exp(1 - (double) referenceLength / length);
            List<Double> precisions = precisions();
            boolean missing = precisions.contains(0.0);
            double logarithms = precisions.stream().mapToDouble(Math::log).sum();
            double score = missing ? 0 : penalty * Math.exp(logarithms / ORDER);
            return new Bleu(score, precisions, penalty, length, referenceLength, signature);
        }

        /** An order without a match counts as half a match the first time, a quarter the second, and so on. */
        private List<Double> precisions() {
            List<Double> precisions = new ArrayList<>();
            boolean anyMatch = IntStream.range(0, ORDER).anyMatch(i -> matches[i] > 0);
            double share = 1;
            for (int i = 0; i < ORDER; i++) {
                double match = matches[i];
                if (match == 0 && anyMatch) {
                    share /= 2;
                    match = share;
                }
                precisions.add(totals[i] == 0 ? 0 : 100 * match / totals[i]);
            }
            return precisions;
        }
    }
}
