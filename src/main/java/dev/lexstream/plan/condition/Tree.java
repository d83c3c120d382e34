package dev.lexstream.plan.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The nodes of an expression, with macros written out. Immutable. */
final class Tree {

    /** The function that {@code .?} stands for. */
    private static final String OPTIONAL_SELECT = "_?._";

    private final CelAbstractSyntaxTree ast;
    private final Source source;
    private final List<CelNavigableExpr> nodes;
    private final Map<Long, CelNavigableExpr> byId = new HashMap<>();

    Tree(CelAbstractSyntaxTree ast, Source source) {
        this.ast = ast;
        this.source = source;
        this.nodes = CelNavigableAst.fromAst(ast).getRoot().allNodes().toList();
        nodes.forEach(node -> byId.put(node.id(), node));
    }

    CelAbstractSyntaxTree ast() {
        return ast;
    }

    Stream<CelNavigableExpr> nodes() {
        return nodes.stream();
    }

    Stream<CelNavigableExpr> nodes(Kind kind) {
        return nodes.stream().filter(node -> node.getKind() == kind);
    }

    /** The node of a number; empty for one that the parser has replaced. */
    Optional<CelNavigableExpr> node(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Where a node is; where its parent is when the parser has made it up. */
    Position position(CelNavigableExpr node) {
        Integer offset = ast.getSource().getPositionsMap().get(node.id());
        if (offset != null) {
            return source.position(offset);
        }
        return node.parent().map(this::position).orElse(Position.START);
    }

    /** The name of a node's type, where that is one with fields. */
    Optional<String> struct(CelExpr node) {
        return ast.getType(node.id())
                .filter(type -> type.kind() == CelKind.STRUCT)
                .map(CelType::name);
    }

    /** What a field is selected of, by {@code .} or {@code .?}. */
    static Optional<CelExpr> operand(CelExpr node) {
        if (node.getKind() == Kind.SELECT) {
            return Optional.of(node.select().operand());
        }
        return isOptionalSelect(node) ? Optional.of(node.call().args().get(0)) : Optional.empty();
    }

    /** The name of the field that is selected. */
    static String field(CelExpr node) {
        return node.getKind() == Kind.SELECT
                ? node.select().field()
                : node.call().args().get(1).constant().stringValue();
    }

    private static boolean isOptionalSelect(CelExpr node) {
        return node.getKind() == Kind.CALL && node.call().function().equals(OPTIONAL_SELECT);
    }

    /** An identifier's name without the dot that may stand before it. */
    static String name(CelExpr ident) {
        String name = ident.ident().name();
        return name.startsWith(".") ? name.substring(1) : name;
    }
}
