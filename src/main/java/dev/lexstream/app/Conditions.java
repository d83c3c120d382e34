package dev.lexstream.app;

import dev.lexstream.config.ConfigProblem;
import dev.lexstream.config.ConfigurationException;
import dev.lexstream.config.Pipeline;
import dev.lexstream.config.RouteSettings;
import dev.lexstream.config.StageSettings;
import dev.lexstream.nlp.Annotation;
import dev.lexstream.plan.Condition;
import dev.lexstream.plan.condition.ConditionCompiler;
import dev.lexstream.plan.condition.ConditionException;
import dev.lexstream.plan.condition.Expression;
import dev.lexstream.plan.condition.Routes;
import dev.lexstream.plan.condition.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of a pipeline, compiled. A pipeline without any loads nothing for them.
 *
 * @param stages by the names of the stages that have one
 * @param routes where enriched events go
 */
public record Conditions(Map<String, Condition> stages, Routes routes) {

    public Conditions {
        stages = Map.copyOf(stages);
    }

    /** Of a stage, besides the languages of its model. */
    Condition of(String stage) {
        return stages.getOrDefault(stage, Condition.ALWAYS);
    }

    /**
     * Compiles them.
     *
     * @param annotations what each stage makes, by the names of the stages in their order
     * @throws ConfigurationException naming everything that is wrong with them
     */
    public static Conditions compile(Pipeline pipeline, Map<String, Class<? extends Annotation>> annotations) {
        Target output = new Target.Topic(pipeline.topics().output());
        boolean none = pipeline.routes().isEmpty()
                && pipeline.stages().stream().allMatch(stage -> stage.when().isEmpty());
        if (none) {
            return new Conditions(Map.of(), Routes.allTo(output));
        }
        Compilation compilation = new Compilation(new ConditionCompiler(annotations));
        Map<String, Condition> stages = compilation.stages(pipeline.stages());
        List<Routes.Route> routes = compilation.routes(pipeline.routes(), annotations.keySet());
        if (!compilation.problems.isEmpty()) {
            throw new ConfigurationException("pipeline", compilation.problems);
        }
        return new Conditions(stages, new Routes(routes, output));
    }

    /** Collects what is wrong. */
    private static final class Compilation {

        private final ConditionCompiler compiler;
        private final List<ConfigProblem> problems = new ArrayList<>();

        private Compilation(ConditionCompiler compiler) {
            this.compiler = compiler;
        }

        private Map<String, Condition> stages(List<StageSettings> settings) {
            Map<String, Condition> stages = new LinkedHashMap<>();
            List<String> earlier = new ArrayList<>();
            for (int i = 0; i < settings.size(); i++) {
                StageSettings stage = settings.get(i);
                String where = "stages[" + i + "].when";
                stage.when()
                        .flatMap(when -> expression(where, when, earlier))
                        .ifPresent(when -> stages.put(stage.name(), when.asCondition()));
                earlier.add(stage.name());
            }
            return stages;
        }

        private List<Routes.Route> routes(List<RouteSettings> settings, Collection<String> stages) {
            List<Routes.Route> routes = new ArrayList<>();
            for (int i = 0; i < settings.size(); i++) {
                Optional<String> topic = settings.get(i).topic();
                Target target = topic.isPresent() ? new Target.Topic(topic.get()) : new Target.Drop();
                expression("routes[" + i + "].when", settings.get(i).when(), stages)
                        .ifPresent(when -> routes.add(new Routes.Route(when, target)));
            }
            return routes;
        }

        private Optional<Expression> expression(String where, String text, Collection<String> stages) {
            try {
                return Optional.of(compiler.compile(text, stages));
            } catch (ConditionException e) {
                problems.add(new ConfigProblem(where, text.strip(), e.getMessage()));
                return Optional.empty();
            }
        }
    }
}
