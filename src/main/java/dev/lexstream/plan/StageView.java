package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.event.Visible;
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

    /** Asks the model. */
    CompletableFuture<Annotated> ask() {
        if (stage.model() instanceof StageModel.OfPair model && stage.input() instanceof StageInput.Pair pair) {
            return model.inference().submit(new TextPair(text(pair.first()), text(pair.second())));
        }
        String text = stage.input() instanceof StageInput.Text one
                ? one.name().map(this::text).orElseGet(event::text)
                : translation().text();
        return ((StageModel.OfText) stage.model()).inference().submit(text);
    }

    private String text(String name) {
        return event.text(name).orElseThrow();
    }

    /** Why there is no input; empty when there is one. */
    private Optional<String> missing() {
        if (stage.input() instanceof StageInput.Text text) {
            return text.name().flatMap(this::missing); // a main text is there
        } else if (stage.input() instanceof StageInput.Pair pair) {
            return missing(pair.first()).or(() -> missing(pair.second()));
        }
        String from = ((StageInput.Translation) stage.input()).stage();
        Outcome made = earlier.get(from).join();
        if (made instanceof Outcome.Enriched) {
            return Visible.in(translation().text())
                    ? Optional.empty()
                    : Optional.of("no translation: that of stage " + from + " is blank");
        }
        String how = made instanceof Outcome.Failed ? " failed" : " was skipped";
        return Optional.of("no translation: stage " + from + how);
    }

    private Optional<String> missing(String name) {
        return event.text(name).filter(Visible::in).isPresent() ? Optional.empty() : Optional.of("no text " + name);
    }

    private Translation translation() {
        String from = ((StageInput.Translation) stage.input()).stage();
        Outcome.Enriched made = (Outcome.Enriched) earlier.get(from).join();
        return (Translation) made.annotation();
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

    @Override
    public Language inputLanguage() {
        require(step.needs().inputLanguage(), "the language of the input");
        if (stage.input() instanceof StageInput.Translation) {
            String tag = translation().language();
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
