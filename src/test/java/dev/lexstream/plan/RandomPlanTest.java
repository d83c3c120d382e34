package dev.lexstream.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.Envelope;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.Inference;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.LanguageDetector.Detection;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.TextPair;
import dev.lexstream.nlp.Translation;
import dev.lexstream.plan.Condition.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * Whatever the graph, and in whatever order models and the detector answer: each stage comes to what a plain evaluation of one stage
 * after the other gives, is asked for nothing before it is there, and waits for nothing else.
 */
class RandomPlanTest {

    private static final List<Set<String>> LANGUAGES = List.of(Set.of(), Set.of("zh"), Set.of("en"));

    enum Answer {
        ANNOTATION,
        DATA_ERROR,
        ENGINE_ERROR
    }

    enum Input {
        MAIN,
        TITLE,
        PAIR,
        TRANSLATION
    }

    /**
     * A stage; numbers are of earlier ones, as far as there are so many.
     *
     * @param from which of the translators before it gives its input, for {@link Input#TRANSLATION}
     * @param after which stage has to have an annotation; less than 0 for none
     */
    record Spec(Input input, int from, boolean translates, int languages, int after, Answer answer, OnError onError) {}

    /** A model that answers, or fails, when the test says so. */
    private static final class Model<I> implements Inference<I, Annotated> {
        private final List<I> asked;
        private final CompletableFuture<Annotated> answer = new CompletableFuture<>();

        private Model(List<I> asked) {
            this.asked = asked;
        }

        @Override
        public CompletableFuture<Annotated> submit(I input) {
            asked.add(input);
            return answer;
        }

        @Override
        public void close() {
            // nothing runs
        }
    }

    @Provide
    Arbitrary<Spec> specs() {
        return Combinators.combine(
                        Arbitraries.of(Input.class),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(-4, 5),
                        Arbitraries.of(
                                Answer.ANNOTATION,
                                Answer.ANNOTATION,
                                Answer.ANNOTATION,
                                Answer.DATA_ERROR,
                                Answer.ENGINE_ERROR),
                        Arbitraries.of(OnError.class))
                .as(Spec::new);
    }

    @Property(tries = 2000)
    void everyStageComesToWhatAPlainEvaluationGives(
            @ForAll @Size(min = 1, max = 7) List<@From("specs") Spec> specs,
            @ForAll boolean title,
            @ForAll boolean declared,
            @ForAll long seed)
            throws InterruptedException {
        new Trial(specs, title, declared, new Random(seed)).run();
    }

    /** One event on its way through one plan. */
    private static final class Trial {
        private final List<Spec> specs;
        private final boolean title;
        private final boolean declared;
        private final Random random;
        private final List<List<Object>> asked = new ArrayList<>();
        private final List<CompletableFuture<Annotated>> answers = new ArrayList<>();
        private final List<Runnable> detections = new ArrayList<>();
        private final List<Stage> stages = new ArrayList<>();
        private boolean languageKnown;

        Trial(List<Spec> specs, boolean title, boolean declared, Random random) {
            this.specs = specs;
            this.title = title;
            this.declared = declared;
            this.random = random;
            for (int i = 0; i < specs.size(); i++) {
                asked.add(new ArrayList<>());
                stages.add(stage(i));
            }
        }

        private static String name(int number) {
            return "s" + number;
        }

        /** The translator that a stage takes its input from; -1 for none. */
        private int translator(int number) {
            List<Integer> translators = IntStream.range(0, number)
                    .filter(i -> input(i) != Input.PAIR && specs.get(i).translates())
                    .boxed()
                    .toList();
            boolean takes = specs.get(number).input() == Input.TRANSLATION && !translators.isEmpty();
            return takes ? translators.get(specs.get(number).from() % translators.size()) : -1;
        }

        private Input input(int number) {
            Input input = specs.get(number).input();
            return input == Input.TRANSLATION && translator(number) < 0 ? Input.MAIN : input;
        }

        /** The stage that has to have an annotation; -1 for none. */
        private int after(int number) {
            int after = specs.get(number).after();
            return after < number ? Math.max(after, -1) : -1;
        }

        private Stage stage(int number) {
            Spec spec = specs.get(number);
            Class<? extends Annotation> annotation = spec.translates() ? Translation.class : Tagging.class;
            StageModel model;
            if (input(number) == Input.PAIR) {
                Model<TextPair> pairs = new Model<>(cast(asked.get(number)));
                answers.add(pairs.answer);
                model = new StageModel.OfPair(() -> HeldModel.ID, annotation, pairs);
            } else {
                Model<String> texts = new Model<>(cast(asked.get(number)));
                answers.add(texts.answer);
                model = new StageModel.OfText(() -> HeldModel.ID, annotation, texts);
            }
            StageInput input =
                    switch (input(number)) {
                        case MAIN -> StageInput.mainText();
                        case TITLE -> StageInput.text("title");
                        case PAIR -> StageInput.pair("text", "title");
                        case TRANSLATION -> StageInput.translation(name(translator(number)));
                    };
            Condition condition = Condition.languages(LANGUAGES.get(spec.languages()));
            if (after(number) >= 0) {
                condition = condition.and(new After(name(after(number))));
            }
            return new Stage(name(number), model, input, condition, Optional.empty(), spec.onError());
        }

        @SuppressWarnings("unchecked")
        private static <I> List<I> cast(List<Object> list) {
            return (List<I>) list;
        }

        void run() throws InterruptedException {
            Enricher enricher = new Enricher(
                    stages,
                    text -> Optional.of(new Detection("zh", 0.5)),
                    detections::add,
                    Capacity.ofTexts(1),
                    Duration.ofSeconds(5));
            Enrichment enrichment = enricher.enrich(event());
            languageKnown = declared;
            assertNobodyIsIdleOrEarly(enrichment);
            for (List<Runnable> actions = actions(); !actions.isEmpty(); actions = actions()) {
                actions.get(random.nextInt(actions.size())).run();
                assertNobodyIsIdleOrEarly(enrichment);
            }
            assertThat(enrichment.isDone()).isTrue();
            Map<Integer, Object> expected = new HashMap<>();
            for (int i = 0; i < specs.size(); i++) {
                expected.put(i, evaluated(i, expected));
                assertThat(result(enrichment.outcome(name(i)))).as(name(i)).isEqualTo(expected.get(i));
                assertThat(asked.get(i)).as(name(i)).hasSizeLessThanOrEqualTo(1);
            }
        }

        private TextEvent event() {
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("text", "main");
            if (title) {
                texts.put("title", "title");
            }
            return new TextEvent(
                    "id",
                    texts,
                    declared ? Optional.of("zh") : Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Envelope.NONE);
        }

        /** What may happen next. */
        private List<Runnable> actions() {
            List<Runnable> actions = new ArrayList<>();
            if (!languageKnown) {
                actions.add(() -> {
                    languageKnown = true;
                    detections.forEach(Runnable::run);
                });
            }
            for (int i = 0; i < specs.size(); i++) {
                int number = i;
                if (!asked.get(i).isEmpty() && !answers.get(i).isDone()) {
                    actions.add(() -> answer(number));
                }
            }
            return actions;
        }

        private void answer(int number) {
            Spec spec = specs.get(number);
            CompletableFuture<Annotated> answer = answers.get(number);
            switch (spec.answer()) {
                case ANNOTATION -> answer.complete(new Annotated(
                        HeldModel.ID,
                        spec.translates() ? HeldModel.translation("by " + name(number)) : HeldModel.TAGS));
                case DATA_ERROR -> answer.completeExceptionally(new ItemFailedException("poison", null));
                case ENGINE_ERROR -> answer.completeExceptionally(new IllegalStateException("lost"));
            }
        }

        /** A stage has ended or been asked if and only if all is there that it waits for, or some of that has failed. */
        private void assertNobodyIsIdleOrEarly(Enrichment enrichment) {
            for (int i = 0; i < specs.size(); i++) {
                boolean waitsForLanguage = specs.get(i).languages() > 0 && translator(i) < 0;
                boolean ready = languageKnown || !waitsForLanguage;
                boolean broken = false;
                for (int other : named(i)) {
                    CompletableFuture<Outcome> outcome = enrichment.outcome(name(other));
                    ready &= outcome.isDone();
                    broken |= outcome.isCompletedExceptionally();
                }
                boolean begun =
                        !asked.get(i).isEmpty() || enrichment.outcome(name(i)).isDone();
                assertThat(begun).as("%s of %s", name(i), specs).isEqualTo(ready || broken);
            }
        }

        private Set<Integer> named(int number) {
            Set<Integer> named = new HashSet<>(Set.of(translator(number)));
            named.add(after(number));
            named.remove(-1);
            return named;
        }

        /** What a stage comes to, given what earlier ones came to: what it annotated, why not, or what broke it. */
        private Object evaluated(int number, Map<Integer, Object> before) {
            Spec spec = specs.get(number);
            if (named(number).stream().anyMatch(other -> before.get(other).equals("broken"))) {
                return "broken";
            }
            int translator = translator(number);
            if (translator >= 0 && !before.get(translator).equals("annotated")) {
                String how = before.get(translator).equals("failed") ? "failed" : "was skipped";
                return "skipped: no translation: stage " + name(translator) + " " + how;
            }
            if ((input(number) == Input.TITLE || input(number) == Input.PAIR) && !title) {
                return "skipped: no text title";
            }
            Set<String> languages = LANGUAGES.get(spec.languages());
            String language = translator >= 0 ? "en" : "zh";
            if (!languages.isEmpty() && !languages.contains(language)) {
                return "skipped: language " + language;
            }
            if (after(number) >= 0 && !before.get(after(number)).equals("annotated")) {
                return "skipped: after " + name(after(number));
            }
            Object input =
                    switch (input(number)) {
                        case MAIN -> "main";
                        case TITLE -> "title";
                        case PAIR -> new TextPair("main", "title");
                        case TRANSLATION -> "by " + name(translator);
                    };
            assertThat(asked.get(number)).as(name(number)).containsExactly(input);
            return switch (spec.answer()) {
                case ANNOTATION -> "annotated";
                case DATA_ERROR -> spec.onError() == OnError.SKIP ? "skipped: failed: poison" : "failed";
                case ENGINE_ERROR -> "broken";
            };
        }

        private static Object result(CompletableFuture<Outcome> outcome) {
            if (outcome.isCompletedExceptionally()) {
                return "broken";
            }
            return outcome.join().accept(new Outcome.Visitor<String>() {
                @Override
                public String enriched(Outcome.Enriched enriched) {
                    return "annotated";
                }

                @Override
                public String skipped(Outcome.Skipped skipped) {
                    return "skipped: " + skipped.reason();
                }

                @Override
                public String failed(Outcome.Failed failed) {
                    return "failed";
                }

                @Override
                public String several(Outcome.Several several) {
                    return "several";
                }
            });
        }
    }

    /** That another stage has an annotation. */
    private record After(String stage) implements Condition {
        @Override
        public Needs needs() {
            return Needs.outcomes(stage);
        }

        @Override
        public Optional<String> refusal(Known known) {
            return known.outcome(stage) instanceof Outcome.Enriched ? Optional.empty() : Optional.of("after " + stage);
        }
    }
}
