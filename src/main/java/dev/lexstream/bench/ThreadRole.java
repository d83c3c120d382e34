package dev.lexstream.bench;

import java.util.regex.Pattern;

/** What a thread of this JVM works for, told by its name. The first role that fits counts. */
public enum ThreadRole {
    /** Kafka Streams' stream threads: poll, decode, await, encode, commit. */
    STREAM(".*-StreamThread-\\d+"),
    /** Tokenization and results. */
    PREPARATION("preparation-\\d+"),
    /** One for each device of a model. */
    DEVICE("device-.*"),
    /** Network and heartbeat threads of Kafka's clients. */
    CLIENT("kafka-(producer-network|admin-client|coordinator-heartbeat).*|consumer_background.*"),
    /** The broker, the registry, the benchmark itself and all the rest. */
    OTHER(".*");

    private final Pattern name;

    ThreadRole(String name) {
        this.name = Pattern.compile(name);
    }

    static ThreadRole of(String thread) {
        for (ThreadRole role : values()) {
            if (role.name.matcher(thread).matches()) {
                return role;
            }
        }
        return OTHER;
    }
}
