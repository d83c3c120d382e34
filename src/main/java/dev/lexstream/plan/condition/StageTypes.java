package dev.lexstream.plan.condition;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.lexstream.inference.ItemFailedException;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.nlp.Classification;
import dev.lexstream.nlp.Classification.LabelScore;
import dev.lexstream.nlp.Coverage;
import dev.lexstream.nlp.Tagging;
import dev.lexstream.nlp.TokenTag;
import dev.lexstream.nlp.Translation;
import dev.lexstream.plan.Outcome;
import dev.lexstream.plan.condition.Struct.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What expressions see of the outcomes of stages: one type for each kind of annotation. Where there is none, fields are zero. */
final class StageTypes {

    /** Fields that every outcome has, whether or not there is an annotation. */
    static final Set<String> ALWAYS = Set.of("status", "reason");

    /** One tag of a tagging; offsets count code points of the text that was tagged. */
    static final Struct<TokenTag> TAG = new Struct<>(
            "tag",
            List.of(
                    new Field<>("label", SimpleType.STRING, TokenTag::label),
                    new Field<>("score", SimpleType.DOUBLE, tag -> (double) tag.score()),
                    new Field<>("start", SimpleType.INT, tag -> (long) tag.start()),
                    new Field<>("end", SimpleType.INT, tag -> (long) tag.end())));

    private static final Struct<Outcome> CLASSIFICATION = kind(
            "classification",
            Classification.class,
            new Classification(Optional.empty(), 0, List.of(), Coverage.complete(0)),
            List.of(
                    new Field<>("label", SimpleType.STRING, StageTypes::best),
                    new Field<>("score", SimpleType.DOUBLE, found -> (double) found.score()),
                    new Field<>("scores", MapType.create(SimpleType.STRING, SimpleType.DOUBLE), StageTypes::scores),
                    new Field<>(
                            "out_of_scope",
                            SimpleType.BOOL,
                            found -> !found.scores().isEmpty() && found.label().isEmpty())));

    private static final Struct<Outcome> TAGGING = kind(
            "tagging",
            Tagging.class,
            new Tagging(List.of(), Coverage.complete(0)),
            List.of(new Field<>("tags", ListType.create(TAG.type()), StageTypes::tags)));

    private static final Struct<Outcome> TRANSLATION = kind(
            "translation",
            Translation.class,
            new Translation("", "", 0, Coverage.complete(0)),
            List.of(
                    new Field<>("translation", SimpleType.STRING, Translation::text),
                    new Field<>("target", SimpleType.STRING, Translation::language),
                    new Field<>("score", SimpleType.DOUBLE, found -> (double) found.score())));

    private StageTypes() {}

    /** The type of the outcomes of stages that make such annotations. */
    static Struct<Outcome> of(Class<? extends Annotation> annotation) {
        if (annotation == Classification.class) {
            return CLASSIFICATION;
        } else if (annotation == Tagging.class) {
            return TAGGING;
        } else if (annotation == Translation.class) {
            return TRANSLATION;
        }
        throw new IllegalArgumentException("no kind of annotation: " + annotation);
    }

    private static <A extends Annotation> Struct<Outcome> kind(
            String name, Class<A> annotation, A zero, List<Field<A>> fields) {
        Function<Outcome, A> found =
                outcome -> outcome instanceof Outcome.Enriched enriched ? annotation.cast(enriched.annotation()) : zero;
        List<Field<Outcome>> all = new ArrayList<>();
        all.add(new Field<>("status", SimpleType.STRING, StageTypes::status));
        all.add(new Field<>("reason", SimpleType.STRING, StageTypes::reason));
        for (Field<A> field : fields) {
            all.add(new Field<>(field.name(), field.type(), found.andThen(field.value())));
        }
        return new Struct<>(name, all);
    }

    private static String status(Outcome outcome) {
        if (outcome instanceof Outcome.Enriched enriched) {
            return enriched.annotation().coverage().truncated() ? "truncated" : "done";
        }
        return outcome instanceof Outcome.Skipped ? "skipped" : "failed";
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.reason();
        }
        // other messages may quote the text
        return outcome instanceof Outcome.Failed failed && failed.cause() instanceof ItemFailedException item
                ? item.reason()
                : "";
    }

    /** As in the output record: the best class also where the model rejects the text. */
    private static String best(Classification found) {
        return found.label().orElseGet(() -> found.scores().stream()
                .max(Comparator.comparing(LabelScore::score))
                .map(LabelScore::label)
                .orElse(""));
    }

    private static Map<String, Object> scores(Classification found) {
        Map<String, Object> scores = new LinkedHashMap<>();
        found.scores().forEach(score -> scores.put(score.label(), (double) score.score()));
        return scores;
    }

    private static List<Object> tags(Tagging found) {
        List<Object> tags = new ArrayList<>(found.tags().size());
        found.tags().forEach(tag -> tags.add(new FieldsOf<>(TAG, tag, true)));
        return tags;
    }
}
