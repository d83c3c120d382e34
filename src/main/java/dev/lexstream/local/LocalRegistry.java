package dev.lexstream.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lexstream.local.RegistryApi.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry in this JVM, on the loopback address: the REST protocol of Confluent Schema Registry over the
 * in-memory registry that comes with Confluent's own client. Keeps Avro schemas in memory only.
 *
 * <p>Threading: may be used from any thread once started; requests are answered one after the other.
 */
public final class LocalRegistry implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int READERS = 4;

    private final HttpServer server;
    private final ExecutorService readers;
    private final RegistryApi api = new RegistryApi();
    private final ObjectMapper json = new ObjectMapper();

    private LocalRegistry(HttpServer server) {
        this.server = server;
        this.readers = Executors.newFixedThreadPool(READERS, task -> {
            var thread = new Thread(task, "local-registry");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a registry on a free port. */
    public static LocalRegistry start() {
        return start(0);
    }

    /**
     * Starts a registry.
     *
     * @param port port to listen on; 0 for any free one
     * @throws PortInUseException if something else listens on {@code port}
     */
    public static LocalRegistry start(int port) {
        try {
            var registry = new LocalRegistry(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            registry.server.setExecutor(registry.readers);
            registry.server.createContext("/", registry::handle);
            registry.server.start();
            return registry;
        } catch (BindException e) {
            throw new PortInUseException("schema registry", port, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema registry does not start on port " + port, e);
        }
    }

    /** The registry's address, for {@code schema.registry.url}. */
    public String url() {
        return "http://" + HOST + ":" + server.getAddress().getPort();
    }

    /** Stops the registry; its schemas are lost. */
    @Override
    public void close() {
        server.stop(0);
        readers.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            Answer answer;
            synchronized (api) {
                answer = api.answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
            }
            var bytes = json.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
