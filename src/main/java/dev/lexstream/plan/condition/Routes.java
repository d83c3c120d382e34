package dev.lexstream.plan.condition;

import dev.lexstream.plan.Facts;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Where enriched events go. The first route whose expression holds decides.
 *
 * <p>Threading: immutable.
 *
 * @param routes in their order
 * @param otherwise where events go for which no route holds
 */
public record Routes(List<Route> routes, Target otherwise) {

    /**
     * One route.
     *
     * @param when which events take it
     * @param target where they go
     */
    public record Route(Expression when, Target target) {
        public Route {
            Objects.requireNonNull(when, "when");
            Objects.requireNonNull(target, "target");
        }
    }

    public Routes {
        routes = List.copyOf(routes);
        Objects.requireNonNull(otherwise, "otherwise");
    }

    /** That all events go to one place. */
    public static Routes allTo(Target target) {
        return new Routes(List.of(), target);
    }

    /**
     * Where an event goes.
     *
     * @param event with the outcomes of all stages, as {@link dev.lexstream.plan.EnrichedEvent} has them
     * @throws ConditionFailedException when a route before the one that would hold cannot be evaluated on this event: names it
     */
    public Target targetOf(Facts event) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            try {
                if (route.when().holds(event)) {
                    return route.target();
                }
            } catch (ConditionFailedException e) {
                throw e.of("route %d (%s)".formatted(i + 1, route.target()));
            }
        }
        return otherwise;
    }

    /** All topics that events may go to. */
    public Set<String> topics() {
        Set<String> topics = new HashSet<>();
        routes.forEach(route -> add(route.target(), topics));
        add(otherwise, topics);
        return Set.copyOf(topics);
    }

    private static void add(Target target, Set<String> topics) {
        if (target instanceof Target.Topic topic) {
            topics.add(topic.name());
        }
    }
}
