package dev.lexstream.plan.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What conditions may not do with values of the types that they have, and what they need to know. */
final class TypedRules {

    private static final String STAGES = Struct.nameOf(Variables.STAGES);

    private final Tree tree;
    private final Environment environment;
    private final Set<String> allowed;
    private final Set<String> stages = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param allowed names of the stages that may be named */
    TypedRules(Tree tree, Environment environment, Set<String> allowed) {
        this.tree = tree;
        this.environment = environment;
        this.allowed = new TreeSet<>(allowed);
        tree.nodes().forEach(this::check);
    }

    List<Problem> problems() {
        return problems;
    }

    /** The names of the stages that are named. */
    Set<String> stages() {
        return stages;
    }

    /** True also where a variable of a macro has this name, which costs a little time. */
    boolean needsLanguage() {
        return tree.nodes(Kind.IDENT).anyMatch(node -> Tree.name(node.expr()).equals(Variables.LANGUAGE));
    }

    private void check(CelNavigableExpr node) {
        CelExpr expr = node.expr();
        Optional<CelExpr> operand = Tree.operand(expr);
        if (operand.flatMap(tree::struct).filter(STAGES::equals).isPresent()) {
            named(node, Tree.field(expr));
        }
        if (tree.struct(expr).isPresent() && !isOperand(node)) {
            String type = Struct.plain(tree.struct(expr).get());
            problem(
                    node,
                    "'%s' is no value of its own: choose one of its fields, as in %s".formatted(type, example(type)));
        }
        if (expr.getKind() == Kind.CALL && alwaysTheSame(expr)) {
            evaluate(node);
        }
    }

    private void named(CelNavigableExpr node, String stage) {
        stages.add(stage);
        if (!allowed.contains(stage)) {
            problem(node, "stage '%s' does not come before this one; %s".formatted(stage, before()));
        }
    }

    private String before() {
        return allowed.isEmpty() ? "no stage does" : "those that do are " + String.join(", ", allowed);
    }

    private boolean isOperand(CelNavigableExpr node) {
        return node.parent()
                .flatMap(parent -> Tree.operand(parent.expr()))
                .filter(operand -> operand.id() == node.id())
                .isPresent();
    }

    private static String example(String type) {
        return switch (type) {
            case Variables.STAGES -> "stages.NAME.status";
            case Variables.ATTRIBUTES -> "attributes.NAME";
            case "tag" -> "tags.exists(t, t.label == 'x')";
            case "tagging" -> "stages.NAME.tags";
            case "translation" -> "stages.NAME.translation";
            default -> "stages.NAME.label";
        };
    }

    private static boolean alwaysTheSame(CelExpr call) {
        return call.call().target().stream().allMatch(TypedRules::isConstant)
                && call.call().args().stream().allMatch(TypedRules::isConstant);
    }

    private static boolean isConstant(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT;
    }

    /** Finds times, durations and numbers that are malformed before each event is. */
    private void evaluate(CelNavigableExpr node) {
        CelAbstractSyntaxTree ast = tree.ast();
        try {
            environment
                    .program(CelAbstractSyntaxTree.newCheckedAst(
                            node.expr(), ast.getSource(), ast.getReferenceMap(), ast.getTypeMap()))
                    .eval();
        } catch (CelEvaluationException e) {
            problem(node, "this always fails: " + ErrorWords.meaning(e.getErrorCode()));
        }
    }

    private void problem(CelNavigableExpr node, String message) {
        problems.add(new Problem(tree.position(node), message));
    }
}
