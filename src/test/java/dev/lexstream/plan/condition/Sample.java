package dev.lexstream.plan.condition;

import dev.lexstream.event.Attribute;
import dev.lexstream.event.Envelope;
import dev.lexstream.event.Header;
import dev.lexstream.event.Headers;
import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.model.ModelId;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Classification;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.TokenTag;
import dev.lexstream.nlp.Translation;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline of stages of all kinds, and what they find in an event. */
final class Sample {

    static final ModelId MODEL = new ModelId("model", "1");

    /** In this order. */
    static final Map<String, Class<? extends Annotation>> STAGES = stages();

    static final Classification SPAM = new Classification(
            Optional.of("spam"),
            0.75f,
            List.of(new LabelScore("ham", 0.25f), new LabelScore("spam", 0.75f)),
            Coverage.complete(2));

    static final Tagging TAGS = new Tagging(
            List.of(new TokenTag(0, 5, "PER", 0.5f), new TokenTag(6, 11, "LOC", 0.75f)), Coverage.complete(2));

    static final Translation GERMAN = new Translation("de", "Hallo Welt", -0.5f, new Coverage(1, 2));

    private Sample() {}

    private static Map<String, Class<? extends Annotation>> stages() {
        Map<String, Class<? extends Annotation>> stages = new LinkedHashMap<>();
        stages.put("classify", Classification.class);
        stages.put("my-stage", Classification.class);
        stages.put("tag", Tagging.class);
        stages.put("translate", Translation.class);
        return stages;
    }

    static ConditionCompiler compiler() {
        return new ConditionCompiler(STAGES);
    }

    static Outcome enriched(String stage, Annotation annotation) {
        return new Outcome.Enriched(stage, "text", MODEL, annotation, Duration.ZERO);
    }

    /** All stages have found something, but for the second classifier. */
    static EnrichedEvent event() {
        return event(
                enriched("classify", SPAM),
                new Outcome.Skipped("my-stage", "language en"),
                enriched("tag", TAGS),
                enriched("translate", GERMAN));
    }

    /** No stage has found anything. */
    static EnrichedEvent nothing() {
        return event(
                new Outcome.Skipped("classify", "language en"),
                new Outcome.Failed("my-stage", MODEL, new ItemFailedException("cannot", null)),
                new Outcome.Skipped("tag", "language en"),
                new Outcome.Failed("translate", MODEL, new IllegalStateException("quotes hello world")));
    }

    static EnrichedEvent event(Outcome... outcomes) {
        Map<String, Attribute> attributes = Map.of(
                "count", new Attribute.Whole(3),
                "price", new Attribute.Real(2.5),
                "shop", Attribute.of("corner"),
                "zero", new Attribute.Whole(0),
                "vip", new Attribute.Truth(true));
        return event(attributes, Language.declared("en"), outcomes);
    }

    static EnrichedEvent event(Map<String, Attribute> attributes, Language language, Outcome... outcomes) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("text", "hello world");
        texts.put("title", "Gruß 😀");
        Envelope envelope = new Envelope(
                "in",
                1_700_000_000_123L,
                new byte[] {'k', '1'},
                new Headers(List.of(
                        new Header("kind", new byte[] {'a'}),
                        new Header("kind", new byte[] {'b'}),
                        new Header("ce-type", new byte[] {'x'}),
                        new Header("none", null),
                        new Header("broken", new byte[] {(byte) 0xff}))));
        TextEvent event =
                new TextEvent("1", texts, Optional.empty(), Optional.empty(), Optional.empty(), attributes, envelope);
        return new EnrichedEvent(event, language, List.of(outcomes), Instant.EPOCH, Instant.EPOCH);
    }
}
