package dev.lexstream.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.config.PipelineLoader;
import dev.lexstream.config.TopicSettings;
import dev.lexstream.failure.ExitCode;
import dev.lexstream.stream.StreamLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a broker has permissions, each that is lacking is told before a pipeline runs into it. */
class DeniedCheckIT {

    private static final PipelineCheck.Limits LIMITS =
            new PipelineCheck.Limits(Duration.ofMinutes(2), Duration.ofSeconds(15), Duration.ofSeconds(5));

    @AutoClose
    private static final StreamLab lab = new StreamLab(Map.of(
            "authorizer.class.name", StandardAuthorizer.class.getName(), "allow.everyone.if.no.acl.found", "true"));

    @TempDir
    private Path folder;

    private final List<Finding> findings = new ArrayList<>();

    private Summary check(String application, TopicSettings topics) throws Exception {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                application-id: %s
                kafka: {bootstrap.servers: "%s"}
                topics: {input: %s, output: %s, dead-letters: %s}
                input: {format: json, text: text}
                stages: [{name: tag, model: tagger-en}]
                """
                        .formatted(
                                application,
                                lab.bootstrapServers(),
                                topics.input(),
                                topics.output(),
                                topics.deadLetters()));
        findings.clear();
        return new PipelineCheck(
                        new PipelineLoader(Map.of(), Path.of(System.getProperty("lexstream.models")), settings -> {}),
                        LIMITS)
                .check(file, false, findings::add);
    }

    private List<String> told(Class<? extends Finding> kind) {
        return findings.stream()
                .filter(kind::isInstance)
                .map(finding -> finding.what() + " | " + String.join(" | ", finding.details()))
                .toList();
    }

    @Test
    void whereEverythingIsAllowedThereIsNoFailure() throws Exception {
        assertThat(check("allowed", lab.topics(1)).code()).isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Passed.class).stream().collect(Collectors.joining("\n")))
                .contains("the broker has an authorizer", "group allowed: new", "transactions of allowed");
    }

    @Test
    void eachLackingPermissionIsNamed() throws Exception {
        TopicSettings topics = lab.topics(1);
        deny(ResourceType.TOPIC, topics.input(), AclOperation.READ);
        deny(ResourceType.TOPIC, topics.output(), AclOperation.WRITE);
        deny(ResourceType.TOPIC, topics.deadLetters(), AclOperation.DESCRIBE);
        deny(ResourceType.GROUP, "denied", AclOperation.DESCRIBE);
        deny(ResourceType.TRANSACTIONAL_ID, "denied-check", AclOperation.DESCRIBE);

        Summary summary = check("denied", topics);

        assertThat(told(Finding.Failed.class))
                .hasSize(5)
                .anyMatch(line -> line.endsWith("not allowed: Read on topic " + topics.input()))
                .anyMatch(line -> line.endsWith("not allowed: Write on topic " + topics.output()))
                .anyMatch(line ->
                        line.endsWith("not allowed: Write on topic " + topics.deadLetters() + ", not even Describe"))
                .anyMatch(line -> line.endsWith("not allowed: Read on group denied"))
                .anyMatch(line -> line.endsWith("Write on transactional ids that begin with denied"));
        assertThat(summary.code()).isEqualTo(ExitCode.INFRASTRUCTURE);
    }

    @Test
    void aConfigurationThatMayNotBeReadIsAWarning() throws Exception {
        TopicSettings topics = lab.topics(1);
        deny(ResourceType.TOPIC, topics.output(), AclOperation.DESCRIBE_CONFIGS);

        assertThat(check("unseen", topics).code()).isEqualTo(ExitCode.OK);
        assertThat(told(Finding.Warned.class)).singleElement().asString().contains("DescribeConfigs");
    }

    private static void deny(ResourceType type, String name, AclOperation operation) throws Exception {
        try (Admin admin = lab.admin()) {
            admin.createAcls(List.of(
                            acl(type, name, AclOperation.ALL, AclPermissionType.ALLOW),
                            acl(type, name, operation, AclPermissionType.DENY)))
                    .all()
                    .get();
        }
    }

    private static AclBinding acl(
            ResourceType type, String name, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", operation, permission));
    }
}
