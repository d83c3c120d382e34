package dev.lexstream.plan;

import dev.lexstream.event.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What events go through: stages as a graph, checked. A stage follows those that its input or its condition names, and no others.
 * Immutable.
 */
public final class Plan {

    private final List<Stage> stages;
    private final List<Step> steps;

    private Plan(List<Stage> stages, List<Step> steps) {
        this.stages = List.copyOf(stages);
        this.steps = List.copyOf(steps);
    }

    /**
     * The plan of some stages.
     *
     * @param stages in the order of their annotations; each may name those before it, so that there are no cycles
     * @throws PlanException naming everything that is wrong: names that repeat, stages that are not there or come later,
     *     translations of stages that do not translate, and models that take another number of texts than they get
     */
    public static Plan of(List<Stage> stages) {
        Compiler compiler = new Compiler(stages);
        List<Step> steps = compiler.steps();
        if (!compiler.problems.isEmpty()) {
            throw new PlanException(compiler.problems);
        }
        return new Plan(stages, steps);
    }

    /** The stages in their order. */
    public List<Stage> stages() {
        return stages;
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether there is a stage for texts of events in a language. */
    boolean admits(Language language) {
        return stages.stream()
                .filter(stage -> !(stage.input() instanceof StageInput.Translation))
                .anyMatch(stage -> stage.condition().admits(language));
    }

    /** Makes the steps, and collects what is wrong. */
    private static final class Compiler {

        private final List<Stage> stages;
        private final List<String> names;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> problems = new ArrayList<>();

        private Compiler(List<Stage> stages) {
            this.stages = stages;
            this.names = stages.stream().map(Stage::name).toList();
            names.forEach(name -> numbers.putIfAbsent(name, names.indexOf(name)));
        }

        private List<Step> steps() {
            if (numbers.size() < stages.size()) {
                problems.add("stage names must differ, found " + names);
            }
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < stages.size(); i++) {
                steps.add(step(i));
            }
            return steps;
        }

        private Step step(int number) {
            Stage stage = stages.get(number);
            Set<String> named = new HashSet<>();
            boolean takesTranslation = false;
            if (stage.input() instanceof StageInput.Translation translation) {
                takesTranslation = true;
                name(number, translation.stage(), "its input is the translation of", named);
                requireTranslator(stage, translation, named);
            }
            requireTexts(stage);
            Condition.Needs needs = stage.condition().needs();
            for (String name : new TreeSet<>(needs.outcomes())) {
                name(number, name, "its condition asks for", named);
            }
            boolean language = needs.language() || (needs.inputLanguage() && !takesTranslation);
            return new Step(stage, needs, language, named);
        }

        private void name(int number, String name, String how, Set<String> named) {
            String start = "stage '" + names.get(number) + "': " + how + " stage '" + name + "', ";
            Integer other = numbers.get(name);
            if (other == null) {
                problems.add(start + "which is not there; the stages are " + names);
            } else if (other == number) {
                problems.add(start + "which is itself; allowed are stages before it");
            } else if (other > number) {
                problems.add(start + "which comes later; allowed are stages before it");
            } else {
                named.add(name);
            }
        }

        private void requireTranslator(Stage stage, StageInput.Translation translation, Set<String> named) {
            String translator = translation.stage();
            if (named.contains(translator)
                    && !stages.get(numbers.get(translator)).model().translates()) {
                problems.add("stage '%s': its input is the translation of stage '%s', whose model does not translate"
                        .formatted(stage.name(), translator));
            }
        }

        private void requireTexts(Stage stage) {
            boolean pair = stage.input() instanceof StageInput.Pair;
            if (pair != stage.model() instanceof StageModel.OfPair) {
                problems.add("stage '%s': its model takes %s, its input is %s"
                        .formatted(
                                stage.name(),
                                pair ? "one text" : "a pair of texts",
                                pair ? "a pair of texts" : "one text"));
            }
        }
    }
}
