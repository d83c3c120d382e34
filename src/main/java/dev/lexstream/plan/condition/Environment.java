package dev.lexstream.plan.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.Program;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The language that conditions are written in: CEL without all that makes texts and lists grow. Doubling a text in each of twenty
 * nested macros would exhaust the heap.
 *
 * <p>Threading: immutable.
 */
final class Environment {

    private static final Set<Arithmetic> JOINING =
            EnumSet.of(Arithmetic.ADD_STRING, Arithmetic.ADD_BYTES, Arithmetic.ADD_LIST);

    /** The same at evaluation, where the types of attributes become known. */
    private static final Set<AddOverload> JOINING_VALUES =
            EnumSet.of(AddOverload.ADD_STRING, AddOverload.ADD_BYTES, AddOverload.ADD_LIST);

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    Environment(Variables variables) {
        Types types = Types.of(variables);
        CelOptions options = CelOptions.current()
                .enableOptionalSyntax(true)
                .enableQuotedIdentifierSyntax(true)
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(Limits.CODE_POINTS)
                .maxParseRecursionDepth(Limits.DEPTH)
                .comprehensionMaxIterations(Limits.ITERATIONS)
                .build();
        CelStringExtensions texts = CelExtensions.strings(
                CelStringExtensions.Function.CHAR_AT,
                CelStringExtensions.Function.INDEX_OF,
                CelStringExtensions.Function.LAST_INDEX_OF,
                CelStringExtensions.Function.LOWER_ASCII,
                CelStringExtensions.Function.UPPER_ASCII,
                CelStringExtensions.Function.SUBSTRING,
                CelStringExtensions.Function.TRIM);
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(
                        CelStandardMacro.HAS,
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.EXISTS_ONE)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions((function, overload) -> !JOINING.contains(overload))
                        .build())
                .addLibraries(texts, new Optionals())
                .setTypeProvider(types)
                .setResultType(SimpleType.BOOL);
        variables.types().forEach(builder::addVar);
        this.compiler = builder.build();
        this.runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(options)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .filterFunctions((function, overload) -> !JOINING_VALUES.contains(overload))
                        .build())
                .addLibraries(texts, CelExtensions.optional())
                .setTypeProvider(types)
                .build();
    }

    CelValidationResult parse(String source) {
        return compiler.parse(source);
    }

    CelValidationResult check(CelAbstractSyntaxTree parsed) {
        return compiler.check(parsed);
    }

    /** @throws CelEvaluationException when a checked tree cannot be run */
    Program program(CelAbstractSyntaxTree checked) throws CelEvaluationException {
        return runtime.createProgram(checked);
    }

    /** Optional values, without the macros that bind variables to them. */
    private static final class Optionals implements CelCompilerLibrary {
        @Override
        public void setCheckerOptions(CelCheckerBuilder builder) {
            CelExtensions.optional().setCheckerOptions(builder);
        }
    }

    /** The types of stages, tags and attributes by their names. */
    private record Types(ImmutableMap<String, CelType> byName) implements CelTypeProvider {

        static Types of(Variables variables) {
            ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
            variables.types().values().stream()
                    .filter(StructType.class::isInstance)
                    .forEach(type -> types.put(type.name(), type));
            variables.stages().values().forEach(stage -> types.put(stage.type().name(), stage.type()));
            types.put(StageTypes.TAG.type().name(), StageTypes.TAG.type());
            return new Types(types.buildKeepingLast());
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return byName.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }
}
