package dev.lexstream.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<Pair, Long> pairs = new HashMap<>();
    private final Map<Pair, Set<Integer>> occurrences = new HashMap<>();
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
        if (run.size() < 2) {
            return;
        }
        int[] word = run.stream().mapToInt(Integer::intValue).toArray();
        words.add(word);
        counts.add(count);
        for (int i = 0; i + 1 < word.length; i++) {
            count(new Pair(word[i], word[i + 1]), words.size() - 1, count);
        }
    }

    private void count(Pair pair, int word, long count) {
        pairs.merge(pair, count, Long::sum);
        occurrences.computeIfAbsent(pair, key -> new TreeSet<>()).add(word);
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

    private void join(Pair pair, int symbol) {
        Map<Pair, Boolean> changed = new LinkedHashMap<>();
        for (int index : List.copyOf(occurrences.getOrDefault(pair, Set.of()))) {
            int[] before = words.get(index);
            int[] after = joined(before, pair, symbol);
            long count = counts.get(index);
            for (int i = 0; i + 1 < before.length; i++) {
                Pair old = new Pair(before[i], before[i + 1]);
                pairs.merge(old, -count, Long::sum);
                occurrences.get(old).remove(index);
            }
            words.set(index, after);
            for (int i = 0; i + 1 < after.length; i++) {
                Pair next = new Pair(after[i], after[i + 1]);
                count(next, index, count);
                changed.put(next, true);
            }
        }
        pairs.remove(pair);
        occurrences.remove(pair);
        changed.keySet().stream().filter(pairs::containsKey).forEach(this::enqueue);
    }

    private static int[] joined(int[] word, Pair pair, int symbol) {
        int[] joined = new int[word.length];
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            boolean here = i + 1 < word.length && word[i] == pair.left() && word[i + 1] == pair.right();
            joined[length++] = here ? symbol : word[i];
            i += here ? 1 : 0;
        }
        return Arrays.copyOf(joined, length);
    }
}
