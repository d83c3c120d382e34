package dev.lexstream.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learns subwords by byte-pair encoding: the most frequent pair of neighbours becomes one symbol, over and over. The same
 * words give the same subwords, whatever their order. Not thread-safe, used once.
 *
 * @see <a href="https://arxiv.org/abs/1508.07909">Sennrich et al., "Neural Machine Translation of Rare Words with Subword
 *     Units" (2016)</a>
 */
public final class SubwordLearner {

    /**
     * What was learned.
     *
     * @param alphabet the symbols to begin with, most frequent first
     * @param merges pairs of symbols in the order in which they are joined
     * @param tokens all symbols: the alphabet, then what the merges make, without repeats
     */
    public record Subwords(List<String> alphabet, List<Merge> merges, List<String> tokens) {}

    /** Two symbols that become one. */
    public record Merge(String left, String right) {}

    private record Pair(int left, int right) {}

    /** A pair with the count it had when it was queued; it may be outdated. */
    private record Candidate(long count, Pair pair, String left, String right) {}

    private static final Comparator<Candidate> MOST_FREQUENT_FIRST = Comparator.comparingLong(Candidate::count)
            .reversed()
            .thenComparing(Candidate::left)
            .thenComparing(Candidate::right);

    private final String continuing;
    private final List<String> symbols = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final SymbolChains words = new SymbolChains();
    private final Map<Pair, Long> pairs = new HashMap<>();

    /** Where pairs begin, or began before a merge took them. */
    private final Map<Pair, IntStream.Builder> occurrences = new HashMap<>();

    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(MOST_FREQUENT_FIRST);

    private SubwordLearner(String continuing) {
        this.continuing = continuing;
    }

    /**
     * Learns subwords.
     *
     * @param words with their counts
     * @param size symbols wanted; fewer when no pair occurs at least twice any more
     * @param minCount code points seen less often are no symbols
     * @param continuing put before symbols that do not begin a word, such as WordPiece's {@code ##}; may be empty
     */
    public static Subwords learn(Map<String, Long> words, int size, int minCount, String continuing) {
        SubwordLearner learner = new SubwordLearner(continuing);
        List<String> alphabet = learner.spell(words, minCount);
        return new Subwords(alphabet, learner.merge(size), List.copyOf(learner.symbols));
    }

    private List<String> spell(Map<String, Long> input, int minCount) {
        Map<String, Long> letters = new HashMap<>();
        Map<String, Long> sorted = new TreeMap<>(input);
        sorted.forEach((word, count) -> letters(word).forEach(letter -> letters.merge(letter, count, Long::sum)));
        letters.entrySet().stream()
                .filter(entry -> entry.getValue() >= minCount)
                .sorted(Entry.<String, Long>comparingByValue().reversed().thenComparing(Entry.comparingByKey()))
                .forEach(entry -> id(entry.getKey()));
        for (Entry<String, Long> entry : sorted.entrySet()) {
            // A rare code point is unknown; nothing is joined across it.
            List<Integer> run = new ArrayList<>();
            for (String letter : letters(entry.getKey())) {
                Integer id = ids.get(letter);
                if (id == null) {
                    add(run, entry.getValue());
                    run.clear();
                } else {
                    run.add(id);
                }
            }
            add(run, entry.getValue());
        }
        return List.copyOf(symbols);
    }

    private List<String> letters(String word) {
        List<String> letters = new ArrayList<>();
        word.codePoints()
                .forEach(point -> letters.add((letters.isEmpty() ? "" : continuing) + Character.toString(point)));
        return letters;
    }

    private void add(List<Integer> run, long count) {
        int begin = words.add(run, count);
        for (int at = begin; at + 1 < begin + run.size(); at++) {
            count(at, count);
        }
    }

    /** Counts the pair that begins here. */
    private Pair count(int at, long count) {
        Pair pair = pair(at);
        pairs.merge(pair, count, Long::sum);
        occurrences.computeIfAbsent(pair, key -> IntStream.builder()).add(at);
        return pair;
    }

    private Pair pair(int at) {
        return new Pair(words.symbol(at), words.symbol(words.next(at)));
    }

    private int id(String symbol) {
        return ids.computeIfAbsent(symbol, key -> {
            symbols.add(key);
            return symbols.size() - 1;
        });
    }

    private List<Merge> merge(int size) {
        List<Merge> merges = new ArrayList<>();
        pairs.keySet().forEach(this::enqueue);
        while (symbols.size() < size && !queue.isEmpty()) {
            Candidate best = queue.poll();
            long count = pairs.getOrDefault(best.pair(), 0L);
            if (count != best.count()) {
                if (count > 0) {
                    enqueue(best.pair());
                }
            } else if (count < 2) {
                break;
            } else {
                merges.add(new Merge(best.left(), best.right()));
                join(best.pair(), id(best.left() + best.right().substring(continuing.length())));
            }
        }
        return merges;
    }

    private void enqueue(Pair pair) {
        queue.add(new Candidate(pairs.get(pair), pair, symbols.get(pair.left()), symbols.get(pair.right())));
    }

    /** Joins a pair everywhere, from left to right; costs as much as there are places, however long the words. */
    private void join(Pair pair, int symbol) {
        Set<Pair> grown = new LinkedHashSet<>();
        int[] places = occurrences.remove(pair).build().sorted().toArray();
        for (int at : places) {
            int right = words.next(at);
            if (right < 0 || words.symbol(at) != pair.left() || words.symbol(right) != pair.right()) {
                continue; // it overlaps with one that was joined, or another merge took it
            }
            long count = words.count(at);
            int before = words.previous(at);
            if (before >= 0) {
                pairs.merge(pair(before), -count, Long::sum);
            }
            if (words.next(right) >= 0) {
                pairs.merge(pair(right), -count, Long::sum);
            }
            words.join(at, symbol);
            if (before >= 0) {
                grown.add(count(before, count));
            }
            if (words.next(at) >= 0) {
                grown.add(count(at, count));
            }
        }
        pairs.remove(pair);
        grown.forEach(this::enqueue);
    }
}
