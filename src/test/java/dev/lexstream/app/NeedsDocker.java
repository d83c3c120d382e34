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

/**
 * Skips tests where there is no Docker engine that can be used, and says so in a way that nobody overlooks. Where the
 * environment has {@code LEXSTREAM_DOCKER=required}, they fail instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

    /** Asks Testcontainers for an engine. */
    final class Condition implements ExecutionCondition {

        private static final String BAR = "*".repeat(100);

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String reason = obstacle();
            if (reason.isEmpty()) {
                return ConditionEvaluationResult.enabled("there is a Docker engine");
            }
            if ("required".equals(System.getenv("LEXSTREAM_DOCKER"))) {
                throw new IllegalStateException("LEXSTREAM_DOCKER=required, but " + reason);
            }
            System.err.printf(
                    "%n%s%n**  NOT TESTED: %s%n**  It needs containers: %s%n%s%n%n",
                    BAR, context.getDisplayName(), reason, BAR);
            return ConditionEvaluationResult.disabled(reason);
        }

        /** Why containers cannot be used; empty when they can. */
        private static String obstacle() {
            try {
                return DockerClientFactory.instance().isDockerAvailable()
                        ? ""
                        : "Testcontainers finds no Docker engine here";
            } catch (RuntimeException e) {
                return "Testcontainers cannot use the Docker engine here: " + e.getMessage();
            }
        }
    }
}
