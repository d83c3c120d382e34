package dev.lexstream.local;

import dev.lexstream.stream.topic.TopicCreation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this JVM: one node that is broker and KRaft controller, on the loopback address, its data in a
 * temporary folder. Topics are not created by being named; use {@link #createTopic}.
 *
 * <p>Threading: may be used from any thread once started.
 */
public final class LocalBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String NODE_ID = "1";

    private final KafkaRaftServer server;
    private final Path folder;
    private final int port;

    private LocalBroker(KafkaRaftServer server, Path folder, int port) {
        this.server = server;
        this.folder = folder;
        this.port = port;
    }

    /** Starts a broker on a free port. */
    public static LocalBroker start() {
        return start(0, Map.of());
    }

    /** Starts a broker on a port, or on a free one if it is 0. */
    public static LocalBroker start(int port) {
        return start(port, Map.of());
    }

    /**
     * Starts a broker and returns when it is ready.
     *
     * @param port port clients connect to; 0 for any free one
     * @param settings broker settings by Kafka's names, over those of this class
     * @throws PortInUseException if something else listens on {@code port}
     * @throws KafkaException if the broker does not start
     */
    public static LocalBroker start(int port, Map<String, String> settings) {
        var clientPort = freePort(port);
        Path folder;
        try {
            folder = Files.createTempDirectory("lexstream-broker-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the broker", e);
        }
        var started = false;
        try {
            var all = settings(clientPort, freePort(0), folder);
            all.putAll(settings);
            format(folder);
            var server = new KafkaRaftServer(new KafkaConfig(all, false), Time.SYSTEM);
            server.startup();
            started = true;
            return new LocalBroker(server, folder, clientPort);
        } finally {
            // not catch: Scala throws what it does not declare
            if (!started) {
                delete(folder);
            }
        }
    }

    /** Where clients connect to: host and port, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Creates a topic with default settings and waits until it is there. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic and waits until it can be written to.
     *
     * @param settings topic settings by Kafka's names
     * @throws KafkaException if the broker refuses, for instance because the topic exists
     */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        var topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            TopicCreation.create(admin, topic, partitions);
        } catch (KafkaException e) {
            throw new KafkaException("cannot create topic " + name + ": " + e.getMessage(), e);
        }
    }

    /** Stops the broker and deletes its data. Does nothing the second time. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        delete(folder);
    }

    private static Map<String, String> settings(int clientPort, int controllerPort, Path folder) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", "%s@%s:%d".formatted(NODE_ID, HOST, controllerPort));
        settings.put(
                "listeners", "CLIENT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, clientPort, HOST, controllerPort));
        settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        // one broker: the defaults of three replicas would never be reached
        for (var topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "4");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // a group's first member need not wait for others, which are local too
        settings.put("group.initial.rebalance.delay.ms", "0");
        // nobody reads this checkpoint when the folder is deleted; forcing it to a slow disk holds up all writers
        settings.put("replica.high.watermark.checkpoint.interval.ms", "3600000");
        // the cleaner takes 128 MiB of heap by default
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("log.cleaner.threads", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        return settings;
    }

    private static void format(Path folder) {
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(Integer.parseInt(NODE_ID))
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        } catch (Exception e) { // that is what Formatter declares
            throw new KafkaException("cannot format the broker's storage in " + folder, e);
        }
    }

    /** A port nobody listens on: {@code wanted}, or any if that is 0. */
    private static int freePort(int wanted) {
        try (var socket = new ServerSocket()) {
            // as Kafka does, so that connections of a broker just closed do not count
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new PortInUseException("Kafka broker", wanted, e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // deleted before, by the first close
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the broker's data in " + folder, e);
        }
    }
}
