package dev.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexstream.nlp.Classification;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.TokenTag;
import dev.lexstream.nlp.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CachedInferenceTest {

    private static final long PLENTY = 1 << 20;

    /** A model that answers when the test says so. */
    private static final class Held implements Inference<String, String> {
        private final Map<String, List<CompletableFuture<String>>> asked = new HashMap<>();
        private boolean closed;

        @Override
        public CompletableFuture<String> submit(String input) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            CompletableFuture<String> answer = new CompletableFuture<>();
            asked.computeIfAbsent(input, text -> new ArrayList<>()).add(answer);
            return answer;
        }

        List<CompletableFuture<String>> of(String input) {
            return asked.getOrDefault(input, List.of());
        }

        Optional<CompletableFuture<String>> open(String input) {
            return of(input).stream().filter(answer -> !answer.isDone()).findFirst();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A caller and what came of it. */
    private record Caller(String input, CompletableFuture<String> answer) {}

    private final Held model = new Held();

    private CachedInference<String, String> cache(long capacity) {
        return cache(model, capacity);
    }

    private static CachedInference<String, String> cache(Held model, long capacity) {
        return new CachedInference<>(model, capacity, (input, result) -> input.length() + result.length());
    }

    private static String result(String input) {
        return input.toUpperCase(Locale.ROOT);
    }

    @Property(tries = 300)
    void callersShareOneComputationThatEndsWithItsResultItsFailureOrTheLastOfThem(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 999) Integer> steps) {
        Held model = new Held(); // the test's own lives through all tries
        CachedInference<String, String> cache = cache(model, PLENTY);
        List<Caller> callers = new ArrayList<>();
        Map<String, Boolean> known = new HashMap<>();
        for (int step : steps) {
            String input = "abc".substring(step % 3, step % 3 + 1);
            List<Caller> waiting = callers.stream()
                    .filter(caller ->
                            caller.input().equals(input) && !caller.answer().isDone())
                    .toList();
            Optional<CompletableFuture<String>> open = model.open(input);
            assertThat(open.isPresent()).as("a computation has callers").isEqualTo(!waiting.isEmpty());
            switch (step / 3 % 5) {
                case 0, 1 -> {
                    int before = model.of(input).size();
                    Caller caller = new Caller(input, cache.submit(input));
                    callers.add(caller);
                    boolean free = known.containsKey(input) || open.isPresent();
                    assertThat(model.of(input)).hasSize(free ? before : before + 1);
                    assertThat(caller.answer().isDone()).isEqualTo(known.containsKey(input));
                }
                case 2 -> waiting.stream().findAny().ifPresent(caller -> {
                    caller.answer().cancel(false);
                    assertThat(open.orElseThrow().isCancelled()).isEqualTo(waiting.size() == 1);
                });
                case 3 -> open.ifPresent(answer -> {
                    answer.complete(result(input));
                    known.put(input, true);
                    assertThat(waiting)
                            .allSatisfy(caller -> assertThat(caller.answer()).isCompletedWithValue(result(input)));
                });
                default -> open.ifPresent(answer -> {
                    ItemFailedException failure = new ItemFailedException("poison", null);
                    answer.completeExceptionally(failure);
                    assertThat(waiting).allSatisfy(caller -> assertThat(caller.answer())
                            .failsWithin(Duration.ZERO)
                            .withThrowableOfType(ExecutionException.class)
                            .withCause(failure));
                });
            }
        }
        CacheStats stats = cache.stats();
        assertThat(stats.hits() + stats.shared() + stats.misses()).isEqualTo(callers.size());
        assertThat(stats.misses())
                .isEqualTo(model.asked.values().stream().mapToInt(List::size).sum());
        assertThat(stats.weight()).isEqualTo(2L * known.size());
    }

    @Property(tries = 25)
    void threadsThatAskAndGiveUpAtRandomAllGetWhatTheyStillWant(
            @ForAll @IntRange(min = 1, max = 4) int threads, @ForAll long seed) throws Exception {
        ExecutorService device = Executors.newSingleThreadExecutor();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<CompletableFuture<String>> computed = Collections.synchronizedList(new ArrayList<>());
        Map<String, Integer> failures = new ConcurrentHashMap<>();
        Inference<String, String> busy = new Inference<>() {
            @Override
            public CompletableFuture<String> submit(String input) {
                CompletableFuture<String> answer = new CompletableFuture<>();
                computed.add(answer);
                device.execute(() -> {
                    if (failures.merge(input, 1, Integer::sum) % 3 == 0) {
                        answer.completeExceptionally(new ItemFailedException("poison", null));
                    } else {
                        answer.complete(result(input));
                    }
                });
                return answer;
            }

            @Override
            public void close() {
                // nothing runs
            }
        };
        CachedInference<String, String> cache = new CachedInference<>(busy, 8, (input, result) -> 2);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Random random = new Random(seed + i);
                wrong.add(pool.submit(() -> askAndGiveUp(cache, random)));
            }
            for (Future<Integer> thread : wrong) {
                assertThat(thread.get(20, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            pool.shutdownNow();
            device.shutdown();
            assertThat(device.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(computed).allSatisfy(answer -> assertThat(answer).isDone());
        assertThat(cache.stats().misses()).isEqualTo(computed.size());
        assertThat(cache.stats().weight()).isLessThanOrEqualTo(8);
    }

    /** How many answers were neither the result nor the model's failure. */
    private static int askAndGiveUp(CachedInference<String, String> cache, Random random) throws Exception {
        int wrong = 0;
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String input = Character.toString('a' + random.nextInt(6));
            Caller caller = new Caller(input, cache.submit(input));
            if (random.nextInt(3) == 0) {
                caller.answer().cancel(false);
            } else {
                callers.add(caller);
            }
        }
        for (Caller caller : callers) {
            try {
                wrong += caller.answer().get(10, TimeUnit.SECONDS).equals(result(caller.input())) ? 0 : 1;
            } catch (ExecutionException e) {
                wrong += e.getCause() instanceof ItemFailedException ? 0 : 1;
            }
        }
        return wrong;
    }

    @Test
    void theWeightIsBoundedAndWhatIsTooHeavyIsNotKept() {
        CachedInference<String, String> cache = cache(20);
        for (String input : List.of("a", "bb", "ccc", "dddd", "eeeee", "f".repeat(50))) {
            CompletableFuture<String> answer = cache.submit(input);
            model.open(input).orElseThrow().complete(result(input));
            assertThat(answer).isCompletedWithValue(result(input));
            assertThat(cache.stats().weight()).isBetween(1L, 20L);
        }
        assertThat(cache.stats().evictions()).isPositive();
        assertThat(cache.stats().capacity()).isEqualTo(20);
    }

    @Test
    void aClosedCacheRemembersNothingAndPassesTheModelsRefusalOn() {
        CachedInference<String, String> cache = cache(PLENTY);
        CompletableFuture<String> late = cache.submit("late");
        cache.submit("known");
        model.open("known").orElseThrow().complete("KNOWN");
        cache.close();
        model.open("late").orElseThrow().complete("LATE");
        assertThat(late).isCompletedWithValue("LATE");
        for (String input : List.of("known", "late")) {
            assertThat(cache.submit(input))
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("closed");
        }
    }

    @Test
    void aCapacityOfNothingIsRefused() {
        assertThatThrownBy(() -> cache(0)).hasMessageContaining("capacity must be at least 1, found 0");
    }

    @Test
    void hitsAndSharedComputationsAreFree() {
        assertThat(new CacheStats(2, 1, 1, 0, 0, 0, 1).hitRate()).isEqualTo(0.75);
        assertThat(new CacheStats(0, 0, 0, 0, 0, 0, 1).hitRate()).isZero();
    }

    @Test
    @Timeout(10)
    void aResultsSizeGrowsWithTheTextAndWhatWasFound() {
        Coverage coverage = Coverage.complete(2);
        TokenTag tag = new TokenTag(0, 1, "NOUN", 1);
        assertThat(ResultSize.of("ab", new Tagging(List.of(tag, tag), coverage)))
                .isEqualTo(256 + 4 + 72);
        assertThat(ResultSize.of("ab", new Translation("en", "abc", 0, coverage)))
                .isEqualTo(256 + 4 + 6);
        assertThat(ResultSize.of(
                        "ab", new Classification(Optional.of("x"), 1, List.of(new LabelScore("x", 1)), coverage)))
                .isEqualTo(256 + 4 + 28);
    }
}
