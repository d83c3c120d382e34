package dev.lexstream.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * The REST protocol of a schema registry: from method, path and body to status and JSON.
 *
 * <p>Source: <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema Registry API</a>.
 *
 * <p>Threading: used by one thread at a time.
 */
final class RegistryApi {
    private static final String WRITABLE = "READWRITE";
    private static final Pattern SLASH = Pattern.compile("/");
    private static final Pattern AMPERSAND = Pattern.compile("&");

    private final ObjectMapper json = new ObjectMapper();
    private final RegistryStore store = new RegistryStore();

    /**
     * @param status HTTP status
     * @param body what to answer, for Jackson to write
     */
    record Answer(int status, Object body) {}

    Answer answer(String method, URI uri, byte[] body) {
        try {
            var path = SLASH.splitAsStream(uri.getRawPath())
                    .filter(part -> !part.isEmpty())
                    .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
            var request = new Request(method, path, query(uri), body.length == 0 ? null : json.readTree(body));
            return new Answer(200, result(request));
        } catch (RestClientException e) {
            return new Answer(e.getStatus(), error(e.getErrorCode(), e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            return new Answer(400, error(400, "request is not readable: " + e.getMessage()));
        } catch (RuntimeException e) {
            // without an answer the connection would just close, which looks like a registry that is away
            return new Answer(500, error(50001, "error in the registry: " + e));
        }
    }

    private Object result(Request request) throws IOException, RestClientException {
        return switch (request.route()) {
            case "GET" -> Map.of();
            case "GET subjects" -> store.subjects();
            case "DELETE subjects *" -> store.deleteSubject(request.path(1), request.flag("permanent"));
            case "POST subjects *" -> store.lookUp(request.path(1), schema(request), request.flag("normalize"));
            case "GET subjects * versions" -> store.versions(request.path(1));
            case "POST subjects * versions" -> Map.of(
                    "id", store.register(request.path(1), schema(request), request.flag("normalize")));
            case "GET subjects * versions *" -> store.version(request.path(1), request.path(3));
            case "GET subjects * versions * schema" -> json.readTree(
                    (String) store.version(request.path(1), request.path(3)).get("schema"));
            case "DELETE subjects * versions *" -> store.deleteVersion(
                    request.path(1), request.path(3), request.flag("permanent"));
            case "GET schemas types" -> List.of("AVRO");
            case "GET schemas ids *" -> store.schema(id(request));
            case "GET schemas ids * schema" -> json.readTree(
                    (String) store.schema(id(request)).get("schema"));
            case "GET schemas ids * subjects" -> store.subjects(id(request));
            case "GET schemas ids * versions" -> store.versions(id(request));
            case "POST compatibility subjects * versions" -> compatibility(
                    request, store.incompatibilities(request.path(2), null, schema(request)));
            case "POST compatibility subjects * versions *" -> compatibility(
                    request, store.incompatibilities(request.path(2), request.path(4), schema(request)));
            case "GET config" -> Map.of("compatibilityLevel", store.level());
            case "PUT config" -> Map.of("compatibility", store.setLevel(null, level(request)));
            case "GET config *" -> Map.of(
                    "compatibilityLevel", store.level(request.path(1), request.flag("defaultToGlobal")));
            case "PUT config *" -> Map.of("compatibility", store.setLevel(request.path(1), level(request)));
            case "DELETE config *" -> Map.of("compatibilityLevel", store.removeLevel(request.path(1)));
            case "GET mode", "GET mode *" -> Map.of("mode", WRITABLE);
            default -> throw new RestClientException("HTTP 404 Not Found", 404, 404);
        };
    }

    private static Object compatibility(Request request, List<String> problems) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("is_compatible", problems.isEmpty());
        if (request.flag("verbose")) {
            answer.put("messages", problems);
        }
        return answer;
    }

    private RegistryStore.SubmittedSchema schema(Request request) throws RestClientException {
        var body = request.body();
        if (body == null || !body.path("schema").isTextual()) {
            throw new RestClientException("Request has no schema", 422, 42201);
        }
        var references = new ArrayList<SchemaReference>();
        for (var reference : body.path("references")) {
            references.add(new SchemaReference(
                    reference.path("name").asText(),
                    reference.path("subject").asText(),
                    reference.path("version").asInt()));
        }
        return new RegistryStore.SubmittedSchema(
                body.path("schemaType").asText("AVRO"), body.path("schema").asText(), references);
    }

    private static String level(Request request) {
        return request.body() == null
                ? ""
                : request.body().path("compatibility").asText();
    }

    private static int id(Request request) throws RestClientException {
        try {
            return Integer.parseInt(request.path(2));
        } catch (NumberFormatException e) {
            throw new RestClientException("Schema " + request.path(2) + " not found", 404, 40403);
        }
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("error_code", code, "message", message);
    }

    private static Map<String, String> query(URI uri) {
        var query = new LinkedHashMap<String, String>();
        if (uri.getRawQuery() != null) {
            AMPERSAND.splitAsStream(uri.getRawQuery()).forEach(pair -> {
                var equals = pair.indexOf('=');
                query.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            });
        }
        return query;
    }

    /**
     * @param path parts of the path, decoded
     * @param body JSON of the body; null if it is empty
     */
    private record Request(String method, List<String> path, Map<String, String> query, JsonNode body) {
        /** Method and path with names, versions and ids replaced by stars. */
        String route() {
            var route = new StringBuilder(method);
            for (var i = 0; i < path.size(); i++) {
                route.append(' ').append(isName(i) ? "*" : path.get(i));
            }
            return route.toString();
        }

        private boolean isName(int index) {
            var first = path.get(0);
            return switch (first) {
                case "subjects" -> index == 1 || index == 3;
                case "schemas" -> index == 2;
                case "compatibility" -> index == 2 || index == 4;
                case "config", "mode" -> index == 1;
                default -> false;
            };
        }

        String path(int index) {
            return path.get(index);
        }

        boolean flag(String name) {
            return Boolean.parseBoolean(query.get(name));
        }
    }
}
