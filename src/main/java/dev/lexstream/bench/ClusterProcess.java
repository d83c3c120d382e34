package dev.lexstream.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.local.LocalBroker;
import dev.lexstream.local.LocalRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A broker and a registry in a process of their own, until its standard input ends: a soak measures memory without them. */
final class ClusterProcess implements AutoCloseable {

    private static final String READY = "cluster: ";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 50;

    private final ChildProcess process;
    private final Addresses addresses;

    private ClusterProcess(ChildProcess process, Addresses addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /**
     * Where they are.
     *
     * @param bootstrapServers of the broker
     * @param registryUrl of the registry
     */
    record Addresses(String bootstrapServers, String registryUrl) {}

    /**
     * Starts them and waits until they are ready.
     *
     * @param broker settings by Kafka's names
     * @throws IllegalStateException when they do not start
     */
    static ClusterProcess start(Map<String, String> broker) throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.start("the broker", ClusterProcess.class, broker);
        try {
            return new ClusterProcess(process, addresses(process));
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static Addresses addresses(ChildProcess process) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            process.check();
            var line = process.lineThatBegins(READY);
            if (line.isPresent()) {
                return new ObjectMapper().readValue(line.get().substring(READY.length()), Addresses.class);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("the broker is not ready after " + PATIENCE.toSeconds() + " s");
    }

    Addresses addresses() {
        return addresses;
    }

    /** Runs both with the broker's settings, the only argument, as JSON. */
    public static void main(String[] arguments) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, String> settings = json.readValue(arguments[0], new TypeReference<Map<String, String>>() {});
        try (LocalBroker broker = LocalBroker.start(0, settings);
                LocalRegistry registry = LocalRegistry.start()) {
            Addresses ready = new Addresses(broker.bootstrapServers(), registry.url());
            System.out.println(READY + json.writeValueAsString(ready));
            ChildProcess.awaitEndOfInput();
        }
    }

    /** Ends them in order, so that the broker's data is deleted. */
    @Override
    public void close() throws IOException {
        try (process) {
            process.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
