package dev.lexstream.plan.condition;

import dev.lexstream.nlp.Classification;
import dev.lexstream.plan.EnrichedEvent;
import dev.lexstream.plan.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a condition costs an event: language, label and score, all true, so that all are looked at; and the same in Java. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConditionBenchmark {

    private static final String THREE_TERMS =
            "language == 'en' && stages.classify.label == 'spam' && stages.classify.score > 0.5";

    private final ConditionCompiler compiler = Sample.compiler();
    private final EnrichedEvent event = Sample.event();
    private final Expression threeTerms = compiler.compile(THREE_TERMS);
    private final Expression tags = compiler.compile("stages.tag.tags.exists(t, t.label == 'LOC')");
    private final Expression attribute = compiler.compile("attributes.price > 2.0");
    private final Expression pattern = compiler.compile("text.matches('w.*d')");

    @Benchmark
    public boolean threeTerms() {
        return threeTerms.holds(event);
    }

    @Benchmark
    public boolean threeTermsInJava() {
        return event.language().code().orElse("").equals("en")
                && event.outcome("classify") instanceof Outcome.Enriched enriched
                && enriched.annotation() instanceof Classification found
                && found.label().orElse("").equals("spam")
                && found.score() > 0.5;
    }

    @Benchmark
    public boolean existsOverTags() {
        return tags.holds(event);
    }

    @Benchmark
    public boolean attribute() {
        return attribute.holds(event);
    }

    @Benchmark
    public boolean pattern() {
        return pattern.holds(event);
    }

    /** Once the compiler is warm. */
    @Benchmark
    public Expression compile() {
        return compiler.compile(THREE_TERMS);
    }
}
