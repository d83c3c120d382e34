package dev.lexstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lexstream.config.InferenceSettings;
import dev.lexstream.config.LanguageSettings;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.StageSettings;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.CacheStats;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.TokenTag;
import dev.lexstream.plan.Enrichment;
import dev.lexstream.plan.OnError;
import dev.lexstream.plan.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real model in the engine: workers and a result cache change what it costs, not what it says. */
@Timeout(120)
class EnrichmentEngineIT {

    private static final int DISTINCT = 300;
    private static final List<String> WORDS = List.of("the", "ferry", "left", "slowly", "in", "Lisbon", ",", "twelve");
    private static final List<TextEvent> TEXTS = IntStream.range(0, DISTINCT)
            .mapToObj(EnrichmentEngineIT::words)
            .map(content -> TextEvent.of("id", content, Optional.of("en")))
            .toList();

    /** From 1 to 40 words, in another order for each number. */
    private static String words(int number) {
        return IntStream.rangeClosed(0, (number * 7) % 40)
                .mapToObj(i -> WORDS.get((number + i * (1 + number % 5)) % WORDS.size()))
                .reduce("Text " + number, (one, other) -> one + " " + other);
    }

    @Test
    void twoWorkersSayWhatOneSays() throws Exception {
        List<Tagging> one;
        List<Tagging> two;
        try (EnrichmentEngine engine = EnrichmentEngine.start(pipeline(1, 0))) {
            one = enrich(engine);
        }
        try (EnrichmentEngine engine = EnrichmentEngine.start(pipeline(2, 0))) {
            two = enrich(engine);
            assertThat(engine.stats().get("tag").inputs()).isEqualTo(DISTINCT);
            assertThat(engine.cacheStats()).isEmpty();
        }
        for (int i = 0; i < DISTINCT; i++) {
            assertSame(two.get(i), one.get(i));
        }
    }

    @Test
    void whatACacheKnowsCostsTheModelNothing() throws Exception {
        try (EnrichmentEngine engine = EnrichmentEngine.start(pipeline(1, 16 << 20))) {
            List<Tagging> first = enrich(engine);
            List<Tagging> again = enrich(engine);

            assertThat(again).isEqualTo(first);
            CacheStats cache = engine.cacheStats().get("tag");
            assertThat(cache.misses()).isEqualTo(DISTINCT);
            assertThat(cache.hits()).isEqualTo(DISTINCT);
            assertThat(engine.stats().get("tag").inputs()).isEqualTo(DISTINCT);
        }
    }

    /** Scores differ in their last digits with the texts beside them. */
    private static void assertSame(Tagging found, Tagging expected) {
        assertThat(found.tags()).hasSameSizeAs(expected.tags());
        for (int i = 0; i < found.tags().size(); i++) {
            TokenTag tag = found.tags().get(i);
            TokenTag same = expected.tags().get(i);
            assertThat(tag.label()).isEqualTo(same.label());
            assertThat(tag.score()).isCloseTo(same.score(), within(1e-4f));
        }
    }

    private static List<Tagging> enrich(EnrichmentEngine engine) throws Exception {
        List<Enrichment> running = new ArrayList<>();
        for (TextEvent text : TEXTS) {
            running.add(engine.enricher().enrich(text));
        }
        List<Tagging> results = new ArrayList<>();
        for (Enrichment enrichment : running) {
            Outcome outcome = enrichment.outcome("tag").get(30, TimeUnit.SECONDS);
            assertThat(outcome).isInstanceOf(Outcome.Enriched.class);
            assertThat(((Outcome.Enriched) outcome).model()).isEqualTo(new ModelId("tagger-en", "1"));
            results.add((Tagging) ((Outcome.Enriched) outcome).annotation());
        }
        return results;
    }

    private static Pipeline pipeline(int workers, long cache) {
        InferenceSettings defaults = InferenceSettings.defaults();
        return new Pipeline(
                "engine-it",
                Map.of("bootstrap.servers", "localhost:9092"),
                Map.of("schema.registry.url", "http://localhost:8081"),
                TopicSettings.existing("texts", "enriched", "dead-letters"),
                Path.of(System.getProperty("lexstream.models")),
                new LanguageSettings(List.of("en", "zh")),
                List.of(new StageSettings(
                        "tag", "tagger-en", Optional.empty(), OnError.DEAD_LETTER, cache, Optional.empty())),
                new InferenceSettings(
                        defaults.device(),
                        workers,
                        defaults.threads(),
                        defaults.precision(),
                        defaults.maxInFlight(),
                        defaults.maxInFlightTokens(),
                        defaults.maxBatchTokens(),
                        16,
                        defaults.maxBatchDelay(),
                        Duration.ofSeconds(20)));
    }
}
