package dev.lexstream.app.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.codec.EventDecoder;
import dev.lexstream.codec.OutputEncoder;
import dev.lexstream.config.Format;
import dev.lexstream.config.InputSettings;
import dev.lexstream.inference.DeviceLostException;
import dev.lexstream.inference.Inference;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.plan.Capacity;
import dev.lexstream.plan.Enricher;
import dev.lexstream.plan.TestStages;
import dev.lexstream.plan.condition.ConditionCompiler;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.plan.condition.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines come out in order, all of them, with a model that answers when it likes. */
@Timeout(60)
class LineEnrichmentTest {

    private static final Target OUT = new Target.Topic("out");
    private static final int IN_FLIGHT = 50;
    private static final int AHEAD = 100;

    private final ScheduledExecutorService device = Executors.newSingleThreadScheduledExecutor();
    private final List<String> written = new ArrayList<>();

    @AfterEach
    void stop() {
        device.shutdownNow();
    }

    /** Answers in any order; texts with {@code bad} in them fail, {@code lost} loses the device, {@code never} has no result. */
    private final class Model implements Inference<String, Tagging> {

        private final Random random = new Random(1);

        @Override
        public CompletableFuture<Tagging> submit(String text) {
            CompletableFuture<Tagging> result = new CompletableFuture<>();
            if (!text.contains("never")) {
                var unused = device.schedule(() -> answer(text, result), random.nextInt(3_000), TimeUnit.MICROSECONDS);
            }
            return result;
        }

        private void answer(String text, CompletableFuture<Tagging> result) {
            if (text.contains("bad")) {
                result.completeExceptionally(new ItemFailedException("a bad text", null));
            } else if (text.contains("lost")) {
                result.completeExceptionally(new DeviceLostException("it smokes", null));
            } else {
                result.complete(new Tagging(List.of(), Coverage.complete(1)));
            }
        }

        @Override
        public void close() {
            // runs on what the test stops
        }
    }

    private LineEnrichment enrichment(Routes routes) {
        Enricher enricher = new Enricher(
                List.of(TestStages.of("tag", new ModelId("model", "1"), Set.of(), new Model())),
                text -> Optional.empty(),
                Runnable::run,
                Capacity.ofTexts(IN_FLIGHT),
                Duration.ofMillis(1));
        LineFormat format = new LineFormat(
                EventDecoder.of(new InputSettings(Format.TEXT, Optional.empty()), null),
                OutputEncoder.enrichedTextsAsJson(),
                Optional.of("text"),
                "");
        return new LineEnrichment(enricher, format, routes, AHEAD, Clock.systemUTC());
    }

    private static LineSource lines(String content) {
        return new LineReader("f", new ByteArrayInputStream(content.getBytes(UTF_8)), () -> 0);
    }

    private static String what(String json) {
        try {
            JsonNode object = new ObjectMapper().readTree(json);
            return object.has("error")
                    ? object.get("line") + " " + object.at("/error/reason").asText()
                    : object.get("id").asText().substring(2) + " "
                            + object.get("text").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyLineHasItsResultOrItsErrorInItsPlace() throws Exception {
        List<String> texts = IntStream.rangeClosed(1, 3_000)
                .mapToObj(i -> i % 10 == 0 ? "" : i % 7 == 0 ? "bad " + i : "text " + i)
                .toList();
        LineCounts counts = enrichment(Routes.allTo(OUT)).run(lines(String.join("\n", texts) + "\n"), written::add);
        assertThat(written.stream().map(LineEnrichmentTest::what))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 3_000)
                        .mapToObj(i ->
                                i + " " + (i % 10 == 0 ? "invalid-event" : i % 7 == 0 ? "stage-failed" : "text " + i))
                        .toList());
        assertThat(counts).isEqualTo(new LineCounts(2_314, 0, 686));
        assertThat(written.get(6)).contains("stage tag, model model version 1: a bad text");
    }

    @Test
    void whatARouteDropsIsCountedAndAConditionThatFailsIsAnError() throws Exception {
        ConditionCompiler compiler = new ConditionCompiler(Map.of("tag", Tagging.class));
        Routes routes = new Routes(
                List.of(
                        new Routes.Route(compiler.compile("text == 'drop'"), new Target.Drop()),
                        new Routes.Route(compiler.compile("text == 'ask' && attributes.a == 1"), OUT)),
                OUT);
        LineCounts counts = enrichment(routes).run(lines("a\ndrop\nask\nb\ndrop"), written::add);
        assertThat(written.stream().map(LineEnrichmentTest::what)).containsExactly("1 a", "3 condition-failed", "4 b");
        assertThat(counts).isEqualTo(new LineCounts(2, 2, 1));
        assertThat(counts.lines()).isEqualTo(5);
    }

    @Test
    void aResultIsWrittenWhileTheNextLineIsWaitedFor() throws Exception {
        BlockingQueue<Optional<TextLine>> typed = new LinkedBlockingQueue<>();
        BlockingQueue<String> shown = new LinkedBlockingQueue<>();
        CompletableFuture<LineCounts> run = CompletableFuture.supplyAsync(() -> {
            try {
                return enrichment(Routes.allTo(OUT)).run(source(typed), shown::add);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (String text : List.of("one", "two")) {
            typed.add(Optional.of(new TextLine("stdin", 1, text.getBytes(UTF_8), 0)));
            assertThat(shown.poll(30, TimeUnit.SECONDS)).contains("\"" + text + "\"");
        }
        typed.add(Optional.empty());
        assertThat(run.get(30, TimeUnit.SECONDS).enriched()).isEqualTo(2);
    }

    private static LineSource source(BlockingQueue<Optional<TextLine>> typed) {
        return new LineSource() {
            @Override
            public Optional<TextLine> next() throws IOException {
                try {
                    return typed.take();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Test
    void aSourceThatFailsLosesNoLineBefore() {
        BlockingQueue<Optional<TextLine>> typed = new ArrayBlockingQueue<>(20);
        IntStream.range(0, 10).forEach(i -> typed.add(Optional.of(new TextLine("f", i, ("t" + i).getBytes(UTF_8), 0))));
        LineSource source = source(typed);
        LineSource failing = new LineSource() {
            @Override
            public Optional<TextLine> next() throws IOException {
                if (typed.isEmpty()) {
                    throw new IOException("the disk is gone");
                }
                return source.next();
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        assertThatThrownBy(() -> enrichment(Routes.allTo(OUT)).run(failing, written::add))
                .hasMessage("the disk is gone");
        assertThat(written).hasSize(10);
    }

    @Test
    void anEngineInTroubleIsNoErrorOfALine() {
        assertThatThrownBy(() -> enrichment(Routes.allTo(OUT)).run(lines("a\nlost\nb"), written::add))
                .isInstanceOf(DeviceLostException.class);
        assertThat(written.stream().map(LineEnrichmentTest::what)).containsExactly("1 a");
    }

    @Test
    void nothingIsReadForAnOutputThatIsClosedAndNoMoreThanThereIsRoomFor() {
        AtomicLong read = new AtomicLong();
        LineSource endless = new LineSource() {
            @Override
            public Optional<TextLine> next() {
                long number = read.incrementAndGet();
                return Optional.of(new TextLine("f", number, "text".getBytes(UTF_8), 0));
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        List<Long> ahead = new ArrayList<>();
        assertThatThrownBy(() -> enrichment(Routes.allTo(OUT)).run(endless, json -> {
                    written.add(json);
                    ahead.add(read.get() - written.size());
                    if (written.size() == 1_000) {
                        throw new UncheckedIOException(new IOException("Broken pipe"));
                    }
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(ahead.stream()
                        .collect(Collectors.summarizingLong(Long::longValue))
                        .getMax())
                .isLessThanOrEqualTo(AHEAD + 2);
        assertThat(read.get()).isLessThanOrEqualTo(1_000 + AHEAD + 3);
    }
}
