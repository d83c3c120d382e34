package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.event.Visible;
import dev.lexstream.inference.Inference;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.nlp.Annotated;
import dev.lexstream.nlp.LanguageTag;
import dev.lexstream.nlp.TextPair;
import dev.lexstream.nlp.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What one stage sees of one event: its input, and what its condition may ask for. Read only when all is known that the stage
 * waits for, so that nothing here waits.
 *
 * <p>Threading: immutable.
 */
final class StageView implements Known {

    private final Step step;
    private final Stage stage;
    private final TextEvent event;
    private final CompletableFuture<Language> language;
    private final Map<String, CompletableFuture<Outcome>> earlier;

    /** @param outcomes of the earlier stages, by name */
    StageView(
            Step step,
            TextEvent event,
            CompletableFuture<Language> language,
            Map<String, CompletableFuture<Outcome>> outcomes) {
        this.step = step;
        this.stage = step.stage();
        this.event = event;
        this.language = language;
        this.earlier = step.stages().isEmpty() ? Map.of() : named(step.stages(), outcomes);
    }

    private static Map<String, CompletableFuture<Outcome>> named(
            Set<String> names, Map<String, CompletableFuture<Outcome>> outcomes) {
        Map<String, CompletableFuture<Outcome>> named = new HashMap<>(outcomes);
        named.keySet().retainAll(names);
        return named;
    }

    /** What has to be there before anything else here is asked. */
    List<CompletableFuture<?>> awaited() {
        List<CompletableFuture<?>> awaited = new ArrayList<>(earlier.values());
        if (step.language()) {
            awaited.add(language);
        }
        return awaited;
    }

    /**
     * Why the model is not asked; empty when it is.
     *
     * @throws ItemFailedException when the condition cannot be judged for this event
     */
    Optional<String> refusal() {
        return missing().or(this::conditionsRefusal);
    }

    private Optional<String> conditionsRefusal() {
        try {
            return stage.condition().refusal(this);
        } catch (RuntimeException | StackOverflowError e) {
            throw new ItemFailedException("the condition cannot be judged", e);
        }
    }

    /** What the model is asked, once for each element of a list. */
    List<Question> questions() {
        if (stage.model() instanceof StageModel.OfPair model && stage.input() instanceof StageInput.Pair pair) {
            TextPair texts = new TextPair(
                    texts(pair.first()).get(0).getValue(),
                    texts(pair.second()).get(0).getValue());
            return List.of(new Question(
                    pair.first() + ", " + pair.second(), () -> model.inference().submit(texts)));
        }
        Inference<String, Annotated> model = ((StageModel.OfText) stage.model()).inference();
        List<Map.Entry<String, String>> texts = stage.input() instanceof StageInput.Text text
                ? texts(text.name().orElseGet(this::mainName))
                : translations();
        return texts.stream()
                .map(text -> new Question(text.getKey(), () -> model.submit(text.getValue())))
                .toList();
    }

    private String mainName() {
        String first = event.texts().keySet().iterator().next();
        return first.endsWith("]") ? first.substring(0, first.lastIndexOf('[')) : first;
    }

    /** The texts of a name, by their own names: one, or the elements of a list. */
    private List<Map.Entry<String, String>> texts(String name) {
        String text = event.texts().get(name);
        if (text != null) {
            return Visible.in(text) ? List.of(Map.entry(name, text)) : List.of();
        }
        return event.texts().entrySet().stream()
                .filter(each -> each.getKey().startsWith(name + "[") && Visible.in(each.getValue()))
                .toList();
    }

    /** Visible translations of the stage that makes them, by where they come from. */
    private List<Map.Entry<String, String>> translations() {
        String from = ((StageInput.Translation) stage.input()).stage();
        List<Map.Entry<String, String>> translations = new ArrayList<>();
        for (Outcome each : earlier.get(from).join().all()) {
            if (each instanceof Outcome.Enriched enriched && Visible.in(((Translation) enriched.annotation()).text())) {
                int element = enriched.input().indexOf('[');
                String name = "stages." + from + ".translation"
                        + (element < 0 ? "" : enriched.input().substring(element));
                translations.add(Map.entry(name, ((Translation) enriched.annotation()).text()));
            }
        }
        return translations;
    }

    /** Why there is no input; empty when there is one. */
    private Optional<String> missing() {
        if (stage.input() instanceof StageInput.Text text) {
            return text.name().flatMap(this::missing); // a main text is there
        } else if (stage.input() instanceof StageInput.Pair pair) {
            return missing(pair.first()).or(() -> missing(pair.second()));
        } else if (!translations().isEmpty()) {
            return Optional.empty();
        }
        String from = ((StageInput.Translation) stage.input()).stage();
        Outcome made = earlier.get(from).join();
        if (made instanceof Outcome.Failed || made instanceof Outcome.Skipped) {
            String how = made instanceof Outcome.Failed ? " failed" : " was skipped";
            return Optional.of("no translation: stage " + from + how);
        }
        return Optional.of("no translation: that of stage " + from + " is blank");
    }

    private Optional<String> missing(String name) {
        return texts(name).isEmpty() ? Optional.of("no text " + name) : Optional.empty();
    }

    @Override
    public TextEvent event() {
        return event;
    }

    @Override
    public Language language() {
        require(step.needs().language(), "the language");
        return language.join();
    }

    /** Of all translations of a stage. */
    private String translationLanguage() {
        Outcome made =
                earlier.get(((StageInput.Translation) stage.input()).stage()).join();
        return ((Translation) ((Outcome.Enriched) made.first()).annotation()).language();
    }

    @Override
    public Language inputLanguage() {
        require(step.needs().inputLanguage(), "the language of the input");
        if (stage.input() instanceof StageInput.Translation) {
            String tag = translationLanguage();
            return Language.declared(LanguageTag.language(tag).orElse(tag));
        }
        return language.join();
    }

    @Override
    public Outcome outcome(String other) {
        require(step.needs().outcomes().contains(other), "stage " + other);
        return earlier.get(other).join();
    }

    private void require(boolean needed, String what) {
        if (!needed) {
            throw new IllegalStateException("the condition does not say that it needs " + what);
        }
    }
}
