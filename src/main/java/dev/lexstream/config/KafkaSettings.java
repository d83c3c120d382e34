package dev.lexstream.config;

import dev.lexstream.failure.Spelling;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The rules of the {@code kafka} section. It may have any setting of Kafka Streams and of its consumer, producer and
 * admin clients. Settings of clients may have Kafka Streams' prefixes ({@code consumer.}, {@code main.consumer.},
 * {@code restore.consumer.}, {@code global.consumer.}, {@code producer.}, {@code admin.}). Refused are the settings that
 * Lexstream must set itself, because its guarantees depend on them.
 */
public final class KafkaSettings {

    /** The settings that are refused, by the reason. */
    private static final Map<String, Set<String>> REFUSED = Map.of(
            "set application-id at the top of the file", Set.of(StreamsConfig.APPLICATION_ID_CONFIG),
            "set topics.dead-letters", Set.of(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG),
            "records have the formats of Lexstream",
                    Set.of(
                            StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                            StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG),
            "Lexstream decides what is dead-lettered and what stops the stream",
                    Set.of(
                            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                            "default.production.exception.handler",
                            "default.deserialization.exception.handler",
                            StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG),
            "Kafka Streams sets it",
                    Set.of(
                            ConsumerConfig.GROUP_ID_CONFIG,
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG));

    private static final Map<String, ConfigDef> BY_PREFIX = byPrefix();

    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']*)[\"']");
    /** Parts of a login configuration that are not secret: the module's class, its flag and the names of its options. */
    private static final Pattern PUBLIC = Pattern.compile(
            "(?:[a-z0-9]+\\.)+[A-Z]\\w*|required|requisite|sufficient|optional|username|password|clientId|clientSecret");
    /** Shorter values are part of many messages. */
    private static final int SHORTEST_SECRET = 3;

    private KafkaSettings() {}

    /**
     * The problems of settings: unknown names, values of the wrong type or out of range, and settings that would break
     * the guarantees.
     *
     * @return the problems by setting, in the order given; empty when there is none
     */
    public static Map<String, ConfigProblem> problems(Map<String, String> settings) {
        Map<String, ConfigProblem> problems = new LinkedHashMap<>();
        settings.forEach((name, value) -> problem(name, value).ifPresent(problem -> problems.put(name, problem)));
        if (settings.getOrDefault(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "").isBlank()) {
            problems.put(
                    StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                    new ConfigProblem(
                            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                            "missing",
                            "allowed are host:port, comma-separated"));
        }
        return problems;
    }

    private static Optional<ConfigProblem> problem(String name, String value) {
        if (name.startsWith(StreamsConfig.CLIENT_TAG_PREFIX)) {
            return Optional.empty();
        }
        Optional<ConfigDef.ConfigKey> key = key(name);
        if (key.isEmpty()) {
            return Optional.of(new ConfigProblem(name, "unknown setting", nearest(name)));
        }
        Optional<String> refused = name.equals(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG)
                ? Optional.of("write consumer.interceptor.classes or producer.interceptor.classes")
                : REFUSED.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(key.get().name))
                        .map(Map.Entry::getKey)
                        .findFirst();
        return refused.map(reason -> new ConfigProblem(name, "cannot be set", reason))
                .or(() -> unsafe(key.get().name, value).map(allowed -> new ConfigProblem(name, value, allowed)))
                .or(() -> invalid(name, key.get(), value))
                .or(() -> key.get().name.equals(SaslConfigs.SASL_JAAS_CONFIG) ? login(name, value) : Optional.empty());
    }

    private static Optional<ConfigDef.ConfigKey> key(String name) {
        return BY_PREFIX.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .map(entry -> entry.getValue()
                        .configKeys()
                        .get(name.substring(entry.getKey().length())))
                .filter(key -> key != null)
                .findFirst();
    }

    private static String nearest(String name) {
        Set<String> known = new HashSet<>();
        BY_PREFIX.forEach((prefix, definition) -> definition.names().forEach(each -> known.add(prefix + each)));
        return Spelling.nearest(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("allowed are settings of Kafka Streams and its clients");
    }

    /** What is allowed instead of a value that would lose, repeat or reorder records. */
    private static Optional<String> unsafe(String name, String value) {
        return switch (name) {
            case ProducerConfig.ACKS_CONFIG -> Optional.of("allowed is all: other values lose records")
                    .filter(allowed -> !Set.of("all", "-1").contains(value));
            case ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG -> Optional.of(
                            "allowed is true: without it records are repeated and reordered")
                    .filter(allowed -> !value.equals("true"));
            case ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG -> Optional.of(
                            "allowed is false: the order of records with the same key is kept")
                    .filter(allowed -> !value.equals("false"));
            default -> Optional.empty();
        };
    }

    private static Optional<ConfigProblem> invalid(String name, ConfigDef.ConfigKey key, String value) {
        try {
            Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            String allowed = "allowed is " + key.type.name().toLowerCase(Locale.ROOT)
                    + (key.validator == null ? "" : " " + key.validator);
            return Optional.of(
                    new ConfigProblem(name, key.type == ConfigDef.Type.PASSWORD ? "a value" : value, allowed));
        }
    }

    /**
     * The problem of a login configuration. Kafka's own messages are left out, since they quote parts of the value, which
     * may be parts of a password.
     */
    private static Optional<ConfigProblem> login(String name, String value) {
        String form = "allowed is LOGIN_MODULE_CLASS required KEY=\"VALUE\" ...; with a semicolon at its end";
        if (value.contains("${")) {
            return Optional.empty(); // one of Kafka's config providers has the value
        }
        if (!value.strip().endsWith(";")) {
            return Optional.of(new ConfigProblem(name, "a value without a semicolon at its end", form));
        }
        try {
            JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(value)));
            return Optional.empty();
        } catch (IllegalArgumentException | KafkaException e) {
            return Optional.of(new ConfigProblem(name, "a value that is no login configuration", form));
        }
    }

    /**
     * A message without secrets. Secrets are the values of passwords and login configurations, and each part of these.
     *
     * @param given the settings, by name
     */
    public static String withoutSecrets(String message, Map<String, String> given) {
        Set<String> secrets =
                new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        given.forEach((name, value) -> {
            if (key(name).map(key -> key.type == ConfigDef.Type.PASSWORD).orElse(false)) {
                secrets.add(value);
                Matcher quoted = QUOTED.matcher(value);
                while (quoted.find()) {
                    secrets.add(quoted.group(1));
                }
                secrets.addAll(List.of(value.split("[\\s=;\"']+")));
            }
        });
        String clean = message;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET && !PUBLIC.matcher(secret).matches()) {
                clean = clean.replace(secret, "[hidden]");
            }
        }
        return clean;
    }

    private static Map<String, ConfigDef> byPrefix() {
        Map<String, ConfigDef> byPrefix = new LinkedHashMap<>();
        ConfigDef consumer = ConsumerConfig.configDef();
        List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.")
                .forEach(prefix -> byPrefix.put(prefix, consumer));
        byPrefix.put(StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configDef());
        byPrefix.put(StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configDef());
        ConfigDef plain = new ConfigDef(StreamsConfig.configDef());
        Stream.of(consumer, ProducerConfig.configDef(), AdminClientConfig.configDef())
                .flatMap(definition -> definition.configKeys().values().stream())
                .filter(key -> !plain.names().contains(key.name))
                .forEach(plain::define);
        byPrefix.put("", plain);
        return byPrefix;
    }
}
