package dev.lexstream.codec.field;

import dev.lexstream.event.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows paths. Threading: stateless. */
final class FieldPaths {

    private FieldPaths() {}

    /** What is at a path, in order: at most one value unless the path {@linkplain FieldPath#isMany leads to many}. */
    static List<Value> find(Value root, FieldPath path) {
        List<Value> found = List.of(root);
        for (FieldPath.Step step : path.steps()) {
            List<Value> next = new ArrayList<>(1);
            found.forEach(value -> follow(value, step, next));
            found = next;
        }
        return found;
    }

    private static void follow(Value value, FieldPath.Step step, List<Value> next) {
        if (step instanceof FieldPath.Name name) {
            value.member(name.name()).ifPresent(next::add);
        } else if (step instanceof FieldPath.Index index) {
            Optional<List<Value>> elements = value.elements();
            elements.filter(list -> index.index() < list.size()).ifPresent(list -> next.add(list.get(index.index())));
        } else {
            value.elements().ifPresent(next::addAll);
        }
    }
}
