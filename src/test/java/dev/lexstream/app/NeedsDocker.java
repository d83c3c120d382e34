package dev.lexstream.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips tests where there is no Docker engine, and says so in a way that nobody overlooks. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

    /** Asks Testcontainers for an engine. */
    final class Condition implements ExecutionCondition {

        private static final String BAR = "*".repeat(100);

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                return ConditionEvaluationResult.enabled("there is a Docker engine");
            }
            System.err.printf(
                    "%n%s%n**  NOT TESTED: %s%n**  It needs containers, and Testcontainers finds no Docker engine here.%n%s%n%n",
                    BAR, context.getDisplayName(), BAR);
            return ConditionEvaluationResult.disabled("there is no Docker engine");
        }
    }
}
