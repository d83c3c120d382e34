package dev.lexstream.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the schema registry under Confluent's own names. What is not read here (credentials, TLS, proxy) reaches the
 * Confluent client unchanged.
 *
 * @param urls addresses of the registry, tried in turn
 * @param autoRegister whether a schema not yet registered is registered on first use
 * @param useLatestVersion whether records are written with the subject's latest version
 * @param normalize whether the registry normalizes schemas on registration and lookup
 * @param subjects how subjects are named
 * @param retries what to do while the registry does not answer
 * @param headers HTTP headers sent with each request, from {@code request.header.*}
 * @param client settings for the Confluent client, typed as it expects them
 */
record RegistrySettings(
        List<String> urls,
        boolean autoRegister,
        boolean useLatestVersion,
        boolean normalize,
        SubjectNameStrategy subjects,
        RetryPolicy retries,
        Map<String, String> headers,
        Map<String, Object> client) {
    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST_VERSION = "use.latest.version";
    static final String NORMALIZE = "normalize.schemas";
    static final String SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";
    static final String MAX_RETRIES = "max.retries";
    static final String RETRIES_WAIT_MS = "retries.wait.ms";
    static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";

    private static final String HEADER_PREFIX = "request.header.";
    private static final List<String> CLIENT_PREFIXES =
            List.of("schema.registry.", "basic.auth.", "bearer.auth.", "proxy.", "sasl.", HEADER_PREFIX);

    // Timeouts: the client's own default of a minute, times the retries, would outlast Kafka's max.poll.interval.ms.
    // missing.*: whoever asks decides how often; a cache would hide an id that has just been registered.
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, ConfigDef.Type.LIST, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH, "addresses, comma-separated")
            .define(AUTO_REGISTER, ConfigDef.Type.BOOLEAN, null, Importance.MEDIUM, "default: not use.latest.version")
            .define(USE_LATEST_VERSION, ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "")
            .define(NORMALIZE, ConfigDef.Type.BOOLEAN, false, Importance.LOW, "")
            .define(SUBJECT_NAME_STRATEGY, ConfigDef.Type.STRING, "TopicNameStrategy", Importance.MEDIUM, "")
            .define(MAX_RETRIES, ConfigDef.Type.INT, 4, Range.atLeast(0), Importance.LOW, "after the first attempt")
            .define(
                    RETRIES_WAIT_MS,
                    ConfigDef.Type.LONG,
                    200L,
                    Range.atLeast(0),
                    Importance.LOW,
                    "first wait, then doubled")
            .define(RETRIES_MAX_WAIT_MS, ConfigDef.Type.LONG, 10_000L, Range.atLeast(0), Importance.LOW, "longest wait")
            .define("http.connect.timeout.ms", ConfigDef.Type.INT, 5_000, Range.atLeast(1), Importance.LOW, "")
            .define("http.read.timeout.ms", ConfigDef.Type.INT, 10_000, Range.atLeast(1), Importance.LOW, "")
            .define("missing.id.cache.ttl.sec", ConfigDef.Type.LONG, 0L, Range.atLeast(0), Importance.LOW, "")
            .define("missing.version.cache.ttl.sec", ConfigDef.Type.LONG, 0L, Range.atLeast(0), Importance.LOW, "")
            .define("missing.schema.cache.ttl.sec", ConfigDef.Type.LONG, 0L, Range.atLeast(0), Importance.LOW, "")
            .define("missing.cache.size", ConfigDef.Type.INT, 10_000, Range.atLeast(0), Importance.LOW, "");

    RegistrySettings {
        urls = List.copyOf(urls);
        headers = Map.copyOf(headers);
        client = Map.copyOf(client);
    }

    /** @throws IllegalArgumentException naming every setting that is missing, unknown or out of range */
    static RegistrySettings of(Map<String, ?> given) {
        var problems = new ArrayList<String>();
        var parsed = new HashMap<String, Object>();
        for (var key : DEFINITION.configKeys().values()) {
            try {
                parsed.putAll(single(key).parse(given));
            } catch (ConfigException e) {
                problems.add(e.getMessage());
            }
        }
        for (var key : new TreeSet<>(given.keySet())) {
            if (!DEFINITION.names().contains(key) && CLIENT_PREFIXES.stream().noneMatch(key::startsWith)) {
                problems.add("Unknown setting " + key + "; allowed are " + String.join(", ", DEFINITION.names())
                        + " and what begins with " + String.join(", ", CLIENT_PREFIXES));
            }
        }
        var urls = parsed.get(URL) instanceof List<?> list
                ? list.stream().map(Object::toString).map(String::strip).toList()
                : List.<String>of();
        if (parsed.containsKey(URL) && (urls.isEmpty() || !urls.stream().allMatch(RegistrySettings::isHttp))) {
            problems.add("Invalid value for " + URL + ": each address must begin with http:// or https://");
        }
        SubjectNameStrategy subjects = null;
        try {
            subjects = SubjectNameStrategy.named((String) parsed.getOrDefault(SUBJECT_NAME_STRATEGY, ""));
        } catch (IllegalArgumentException e) {
            problems.add("Invalid value for " + SUBJECT_NAME_STRATEGY + ": " + e.getMessage());
        }
        var useLatest = Boolean.TRUE.equals(parsed.get(USE_LATEST_VERSION));
        var autoRegister = parsed.get(AUTO_REGISTER) instanceof Boolean b ? b : !useLatest;
        if (useLatest && autoRegister) {
            problems.add(AUTO_REGISTER + " and " + USE_LATEST_VERSION + " are both true; at most one can be");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("schema registry settings: " + String.join("; ", problems));
        }
        return new RegistrySettings(
                urls,
                autoRegister,
                useLatest,
                (Boolean) parsed.get(NORMALIZE),
                subjects,
                new RetryPolicy((Integer) parsed.get(MAX_RETRIES), (Long) parsed.get(RETRIES_WAIT_MS), (Long)
                        parsed.get(RETRIES_MAX_WAIT_MS)),
                headers(given),
                clientSettings(given, parsed));
    }

    private static ConfigDef single(ConfigDef.ConfigKey key) {
        var definition = new ConfigDef();
        definition.define(key);
        return definition;
    }

    private static boolean isHttp(String url) {
        return url.startsWith("http://") || url.startsWith("https://");
    }

    private static Map<String, String> headers(Map<String, ?> given) {
        var headers = new TreeMap<String, String>();
        given.forEach((key, value) -> {
            if (key.startsWith(HEADER_PREFIX)) {
                headers.put(key.substring(HEADER_PREFIX.length()), value.toString());
            }
        });
        return headers;
    }

    /** The client casts some settings without converting them: parsed numbers for those, text for all else. */
    private static Map<String, Object> clientSettings(Map<String, ?> given, Map<String, Object> parsed) {
        var client = new HashMap<String, Object>();
        parsed.forEach((key, value) -> {
            if (key.startsWith("http.") || key.startsWith("missing.")) {
                client.put(key, value);
            }
        });
        given.forEach((key, value) -> {
            if (value != null && !DEFINITION.names().contains(key)) {
                client.put(key, value.toString());
            }
        });
        return client;
    }
}
