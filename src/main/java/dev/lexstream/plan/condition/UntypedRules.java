package dev.lexstream.plan.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What conditions may not contain, whatever its types. */
final class UntypedRules {

    private UntypedRules() {}

    /** All that is not allowed, in a list that may be added to. */
    static List<Problem> problems(Tree tree) {
        List<Problem> problems = new ArrayList<>();
        tree.nodes(Kind.STRUCT)
                .forEach(node -> problems.add(new Problem(
                        tree.position(node),
                        "'" + node.expr().struct().messageName()
                                + "{...}' is not allowed: conditions make no messages")));
        tree.nodes(Kind.IDENT)
                .filter(UntypedRules::growing)
                .forEach(node -> problems.add(new Problem(
                        tree.position(node),
                        "'" + node.expr().ident().name()
                                + "' is the variable of a macro and may not be part of a list or map, which could grow with each "
                                + "macro around it")));
        tree.nodes(Kind.CALL)
                .filter(node -> node.expr().call().function().equals("matches"))
                .forEach(node -> pattern(node.expr())
                        .ifPresent(problem -> problems.add(new Problem(tree.position(node), problem))));
        return problems;
    }

    private static Optional<String> pattern(CelExpr matches) {
        List<CelExpr> args = matches.call().args();
        if (args.isEmpty()) {
            return Optional.empty();
        }
        CelExpr pattern = args.get(args.size() - 1);
        if (pattern.getKind() != Kind.CONSTANT || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return Optional.of(
                    "the regular expression of matches() has to be written out, as in text.matches('a+b'), so that "
                            + "it is checked once");
        }
        return PatternSize.problem(pattern.constant().stringValue());
    }

    /** Whether a macro's variable stands within a list or a map that the macro makes anew for each element. */
    private static boolean growing(CelNavigableExpr ident) {
        boolean collected = false;
        CelNavigableExpr child = ident;
        Optional<CelNavigableExpr> parent = ident.parent();
        while (parent.isPresent()) {
            CelExpr node = parent.get().expr();
            collected |= node.getKind() == Kind.LIST || node.getKind() == Kind.MAP;
            if (node.getKind() == Kind.COMPREHENSION
                    && node.comprehension()
                            .iterVar()
                            .equals(ident.expr().ident().name())
                    && node.comprehension().iterRange().id() != child.id()) {
                return collected;
            }
            child = parent.get();
            parent = child.parent();
        }
        return false;
    }
}
