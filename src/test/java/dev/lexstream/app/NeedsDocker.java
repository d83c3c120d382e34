package dev.lexstream.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Skips tests where there is no Docker engine that can be used, or one that has not the images and cannot get them, and says
 * so in a way that nobody overlooks. Where the environment has {@code LEXSTREAM_DOCKER=required}, they fail instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

    /** Names of the images, with their tags. */
    String[] value();

    /** Asks the engine. */
    final class Condition implements ExecutionCondition {

        private static final String BAR = "*".repeat(100);

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<NeedsDocker> needs = AnnotationSupport.findAnnotation(context.getElement(), NeedsDocker.class);
            if (needs.isEmpty()) {
                return ConditionEvaluationResult.enabled("a test of a class that has been asked for");
            }
            Optional<String> obstacle = new DockerImages(List.of(needs.get().value())).obstacle();
            if (obstacle.isEmpty()) {
                return ConditionEvaluationResult.enabled("there are a Docker engine and the images");
            }
            String reason = obstacle.get();
            if ("required".equals(System.getenv("LEXSTREAM_DOCKER"))) {
                throw new IllegalStateException("LEXSTREAM_DOCKER=required, but " + reason);
            }
            System.err.printf(
                    "%n%s%n**  NOT TESTED: %s%n**  It needs containers: %s%n%s%n%n",
                    BAR, context.getDisplayName(), reason, BAR);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
