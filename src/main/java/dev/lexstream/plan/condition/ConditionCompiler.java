package dev.lexstream.plan.condition;

import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.plan.Outcome;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles the conditions of one pipeline: expressions that are true or false of an event. Names and types are checked, so that
 * what can be known to be wrong is wrong before there is an event.
 *
 * <p>Variables: {@code text} (the main text), {@code texts} (by name), {@code language} (empty when unknown), {@code attributes},
 * {@code headers} (the last of each name; empty where it is not UTF-8), {@code key} (empty for none and where it is not UTF-8),
 * {@code topic}, {@code timestamp} (of the record, that of the epoch for none) and {@code stages.NAME} with the fields:
 *
 * <ul>
 *   <li>of all: {@code status} ({@code done}, {@code truncated}, {@code skipped}, {@code failed}), {@code reason} (why it was skipped or
 *       failed, else empty);
 *   <li>of a classification: {@code label} (the best), {@code score}, {@code scores} (by label), {@code out_of_scope};
 *   <li>of a tagging: {@code tags}, each with {@code label}, {@code score}, {@code start}, {@code end};
 *   <li>of a translation: {@code translation}, {@code target} (its language), {@code score}.
 * </ul>
 *
 * <p>Where a stage was skipped or has failed, {@code has(stages.NAME)} is false and the other fields are empty, zero or false. A name
 * with a hyphen is written in backquotes.
 *
 * <p>Threading: immutable. The first compilation in a process takes a second or two, later ones some milliseconds.
 */
public final class ConditionCompiler {

    private final Variables variables;
    private final Environment environment;

    /**
     * A compiler for a pipeline that declares no attributes: {@code attributes} is a map of whatever a record has.
     *
     * @param stages what they make, by their names, in their order
     */
    public ConditionCompiler(Map<String, Class<? extends Annotation>> stages) {
        this(stages, Map.of());
    }

    /**
     * A compiler for a pipeline.
     *
     * @param stages what they make, by their names, in their order
     * @param attributes their types by their names, if there are any: then expressions may name these and no others, by
     *     {@code attributes.NAME}
     */
    public ConditionCompiler(Map<String, Class<? extends Annotation>> stages, Map<String, AttributeType> attributes) {
        Map<String, Struct<Outcome>> types = new LinkedHashMap<>();
        stages.forEach((name, annotation) -> types.put(name, StageTypes.of(annotation)));
        this.variables = new Variables(
                Collections.unmodifiableMap(types), Collections.unmodifiableMap(new LinkedHashMap<>(attributes)));
        this.environment = new Environment(variables);
    }

    /**
     * Compiles an expression that may name every stage, such as that of a route.
     *
     * @throws ConditionException naming everything that is wrong
     */
    public Expression compile(String text) {
        return compile(text, variables.stages().keySet());
    }

    /**
     * Compiles an expression.
     *
     * @param text CEL
     * @param stages the names that it may name: for a stage's condition those of the stages before it
     * @throws ConditionException naming everything that is wrong
     */
    public Expression compile(String text, Collection<String> stages) {
        Source source = new Source(text);
        if (text.isBlank()) {
            throw new ConditionException(List.of(new Problem(Position.START, "an expression is needed, found none")));
        } else if (source.length() > Limits.CODE_POINTS) {
            String message =
                    "at most %,d code points are allowed, found %,d".formatted(Limits.CODE_POINTS, source.length());
            throw new ConditionException(List.of(new Problem(Position.START, message)));
        }
        return compiled(source, Set.copyOf(stages));
    }

    private Expression compiled(Source source, Set<String> stages) {
        PlainWords words = new PlainWords(source, variables);
        CelValidationResult parsed = environment.parse(source.text());
        if (parsed.hasError()) {
            throw new ConditionException(List.of(words.syntax(parsed)));
        }
        try {
            Tree tree = new Tree(parsed.getAst(), source);
            List<Problem> problems = UntypedRules.problems(tree);
            CelValidationResult checked = environment.check(parsed.getAst());
            if (checked.hasError()) {
                problems.addAll(words.types(checked, tree));
                throw sorted(problems);
            }
            return planned(new Tree(checked.getAst(), source), source, stages, problems);
        } catch (CelValidationException e) {
            throw new IllegalStateException("there are no errors", e);
        }
    }

    private Expression planned(Tree tree, Source source, Set<String> stages, List<Problem> problems) {
        TypedRules rules = new TypedRules(tree, environment, stages);
        problems.addAll(rules.problems());
        if (!problems.isEmpty()) {
            throw sorted(problems);
        }
        try {
            return new Expression(
                    source, environment.program(tree.ast()), variables, rules.stages(), rules.needsLanguage());
        } catch (CelEvaluationException e) {
            throw new ConditionException(
                    List.of(new Problem(Position.START, "this cannot be evaluated: " + e.getMessage())));
        }
    }

    private static ConditionException sorted(List<Problem> problems) {
        return new ConditionException(problems.stream()
                .sorted(Comparator.comparing(
                        Problem::position,
                        Comparator.comparingInt(Position::line).thenComparingInt(Position::column)))
                .distinct()
                .toList());
    }
}
