package dev.lexstream.plan.condition;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.lexstream.failure.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what the library finds wrong with an expression in words that need no knowledge of it. */
final class PlainWords {

    private static final Pattern FIELD = Pattern.compile("undefined field '(.*)'");
    private static final Pattern NAME = Pattern.compile("undeclared reference to '(.*)' \\(in container ''\\)");
    private static final Pattern NO_FIELDS = Pattern.compile("type '(.*)' does not support field selection");
    private static final Pattern RANGE =
            Pattern.compile("expression of type '(.*)' cannot be range of a comprehension.*");

    /** A type that is unknown because of another mistake. */
    private static final String CONSEQUENCE = "*error*";

    private final Source source;
    private final Variables variables;

    PlainWords(Source source, Variables variables) {
        this.source = source;
        this.variables = variables;
    }

    /** The first mistake that keeps the expression from being read; those after it are mostly its consequences. */
    Problem syntax(CelValidationResult parsed) {
        CelIssue issue = parsed.getErrors().get(0);
        return new Problem(source.position(offset(parsed, issue)), SyntaxWords.of(issue.getMessage()));
    }

    /** All mistakes in names and types, without those that follow from another one. */
    List<Problem> types(CelValidationResult checked, Tree tree) {
        List<Problem> problems = new ArrayList<>();
        Hyphens hyphens = new Hyphens(source.text());
        Set<Long> explained = explained(tree);
        for (CelIssue issue : checked.getErrors()) {
            int offset = offset(checked, issue);
            Optional<Problem> hyphen =
                    hyphens.at(offset).map(found -> new Problem(source.position(found.offset()), found.message()));
            if (hyphen.isPresent()) {
                problems.add(hyphen.get());
            } else if (!explained.contains(issue.getExprId())
                    && !issue.getMessage().contains(CONSEQUENCE)) {
                problems.add(problem(tree.node(issue.getExprId()), issue, offset));
            }
        }
        return problems;
    }

    /** Nodes within others that are wrong as a whole: what a macro that is not allowed is given, and messages. */
    private static Set<Long> explained(Tree tree) {
        Set<Long> explained = new HashSet<>();
        tree.nodes(Kind.STRUCT).forEach(node -> {
            explained.add(node.id());
            node.expr().struct().entries().forEach(entry -> explained.add(entry.id()));
        });
        tree.nodes(Kind.CALL)
                .filter(node -> Functions.isMacro(node.expr().call().function()))
                .forEach(node -> node.descendants().forEach(inner -> explained.add(inner.id())));
        return explained;
    }

    private Problem problem(Optional<CelNavigableExpr> node, CelIssue issue, int offset) {
        String message = issue.getMessage();
        Optional<CelExpr> expr = node.map(CelNavigableExpr::expr);
        Matcher field = FIELD.matcher(message);
        Matcher name = NAME.matcher(message);
        Matcher noFields = NO_FIELDS.matcher(message);
        Matcher range = RANGE.matcher(message);
        if (field.matches()) {
            String words = new FieldWords(variables).of(field.group(1), expr.flatMap(Tree::operand));
            return new Problem(source.position(offset), words);
        } else if (name.matches() && expr.filter(PlainWords::isCall).isPresent()) {
            return new Problem(source.position(startOf(name.group(1), offset)), Functions.unknown(name.group(1)));
        } else if (name.matches()) {
            return new Problem(source.position(offset), variable(name.group(1)));
        } else if (noFields.matches()) {
            return new Problem(
                    source.position(offset), "a value of type " + Struct.plain(noFields.group(1)) + " has no fields");
        } else if (range.matches()) {
            return new Problem(
                    source.position(offset),
                    "all, exists and exists_one go over lists and maps, found " + Struct.plain(range.group(1)));
        }
        return new Problem(source.position(offset), OperatorWords.of(message));
    }

    private static boolean isCall(CelExpr expr) {
        return expr.getKind() == Kind.CALL;
    }

    private String variable(String name) {
        if (variables.stages().containsKey(name)) {
            return "no variable '" + name + "': did you mean 'stages." + name + "'?";
        }
        Collection<String> known = variables.types().keySet();
        return "no variable '" + name + "'" + Spelling.hint(name, known) + "; there are "
                + known.stream().sorted().collect(Collectors.joining(", "));
    }

    /** Where a function's name begins, given where its parenthesis is. */
    private int startOf(String function, int offset) {
        int before = offset - function.codePointCount(0, function.length());
        return before >= 0 && source.startsWith(function, before) ? before : offset;
    }

    private static int offset(CelValidationResult result, CelIssue issue) {
        return result.getSource().getLocationOffset(issue.getSourceLocation()).orElse(0);
    }
}
