package dev.lexstream.plan.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.lexstream.failure.Spelling;
import dev.lexstream.plan.Outcome;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Says that there is no such field, and which there are. */
final class FieldWords {

    private final Variables variables;

    FieldWords(Variables variables) {
        this.variables = variables;
    }

    /** @param owner of the field in an expression whose types are not known */
    String of(String field, Optional<CelExpr> owner) {
        if (owner.filter(expr -> isVariable(expr, Variables.STAGES)).isPresent()) {
            Collection<String> stages = variables.stages().keySet();
            return stages.isEmpty()
                    ? "no stage '" + field + "': there are none"
                    : "no stage '" + field + "'" + Spelling.hint(field, stages) + "; there are "
                            + String.join(", ", stages);
        } else if (owner.filter(expr -> isVariable(expr, Variables.ATTRIBUTES)).isPresent()) {
            Collection<String> attributes = new TreeSet<>(variables.attributes());
            return "no attribute '" + field + "' is declared" + Spelling.hint(field, attributes) + "; declared are "
                    + String.join(", ", attributes);
        }
        return owner.flatMap(this::stage)
                .map(stage -> fields(
                        "stage '" + stage + "', a "
                                + Struct.plain(type(stage).type().name()) + ",",
                        field,
                        type(stage).names()))
                .orElseGet(() -> fields("a tag", field, StageTypes.TAG.names()));
    }

    private Struct<Outcome> type(String stage) {
        return variables.stages().get(stage);
    }

    /** The stage whose outcome an expression is. */
    private Optional<String> stage(CelExpr expr) {
        return Tree.operand(expr)
                .filter(operand -> isVariable(operand, Variables.STAGES))
                .map(operand -> Tree.field(expr))
                .filter(variables.stages()::containsKey);
    }

    private static String fields(String owner, String field, Collection<String> known) {
        return owner + " has no field '" + field + "'" + Spelling.hint(field, known) + "; its fields are "
                + String.join(", ", known);
    }

    private static boolean isVariable(CelExpr expr, String name) {
        return expr.getKind() == Kind.IDENT && Tree.name(expr).equals(name);
    }
}
