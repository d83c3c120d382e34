package dev.lexstream.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** A registry that serves any text as a schema, which real ones and the local one would refuse. */
public final class StubRegistry implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("/schemas/ids/([0-9]+)");
    private static final Pattern VERSION = Pattern.compile("/subjects/([^/]+)/versions/([0-9]+)");

    private final ObjectMapper json = new ObjectMapper();
    private final List<Map<String, Object>> schemas = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<String, String> subjects = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public StubRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Serves a text under an id, which is returned; the same for equal texts. */
    public int add(String text) {
        return add(text, List.of());
    }

    /** Serves a text that names version 1 of other subjects. */
    public int add(String text, List<String> references) {
        var named = new ArrayList<Map<String, Object>>();
        references.forEach(name -> named.add(Map.of("name", name, "subject", name, "version", 1)));
        return ids.computeIfAbsent(text + references, added -> {
            schemas.add(Map.of("schema", text, "references", named));
            return schemas.size();
        });
    }

    /** Serves a text as version 1 of a subject. */
    public void addSubject(String subject, String text) {
        subjects.put(subject, text);
    }

    /** Paths asked for so far. */
    public List<String> requests() {
        return requests;
    }

    /** A connection that tries again once, at once. */
    public SchemaRegistry connect() {
        return SchemaRegistry.connect(Map.of("schema.registry.url", url(), "max.retries", 1, "retries.wait.ms", 1));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The wire format's header and the bytes. */
    public static byte[] value(int id, byte[] avro) {
        return ByteBuffer.allocate(5 + avro.length)
                .put((byte) 0)
                .putInt(id)
                .put(avro)
                .array();
    }

    /** The datum as Avro writes it. */
    public static byte[] avro(Schema schema, Object datum) throws IOException {
        return avro(encoder -> new GenericDatumWriter<>(schema).write(datum, encoder));
    }

    /** What is written to an encoder. */
    public static byte[] avro(Writing writing) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        writing.write(encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Writes Avro. */
    @FunctionalInterface
    public interface Writing {
        void write(Encoder encoder) throws IOException;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            requests.add(path);
            Map<String, Object> body = null;
            Matcher id = ID.matcher(path);
            Matcher version = VERSION.matcher(path);
            if (id.matches() && Integer.parseInt(id.group(1)) <= schemas.size()) {
                body = schemas.get(Integer.parseInt(id.group(1)) - 1);
            } else if (version.matches() && subjects.containsKey(version.group(1))) {
                body = Map.of(
                        "subject",
                        version.group(1),
                        "version",
                        1,
                        "id",
                        1000,
                        "schema",
                        subjects.get(version.group(1)));
            }
            var found = body != null;
            var bytes = json.writeValueAsBytes(found ? body : Map.of("error_code", 40403, "message", "not found"));
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(found ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
