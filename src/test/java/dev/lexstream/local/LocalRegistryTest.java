package dev.lexstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The local registry is one to Confluent's own client and to anyone who sends plain HTTP requests. */
class LocalRegistryTest {
    private static final String V1 = record("{'name':'a','type':'string'}");
    private static final String V2 = record("{'name':'a','type':'string'},{'name':'b','type':'int','default':0}");
    private static final String BREAKING = record("{'name':'a','type':'int'}");

    private final HttpClient http = HttpClient.newHttpClient();
    private LocalRegistry registry;
    private CachedSchemaRegistryClient client;

    @BeforeEach
    void start() {
        registry = LocalRegistry.start();
        client = new CachedSchemaRegistryClient(registry.url(), 10, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        registry.close();
    }

    @Test
    void givenConfluentsClientWhenItRegistersTwoVersionsThenItFindsThemByEveryWay() throws Exception {
        var first = client.register("t-value", new AvroSchema(V1));
        var second = client.register("t-value", new AvroSchema(V2));

        var other = new CachedSchemaRegistryClient(registry.url(), 10, Map.of());
        assertThat(other.getSchemaById(first)).isEqualTo(new AvroSchema(V1));
        assertThat(other.getAllSubjects()).containsExactly("t-value");
        assertThat(other.getAllVersions("t-value")).containsExactly(1, 2);
        assertThat(other.getLatestSchemaMetadata("t-value").getId()).isEqualTo(second);
        assertThat(other.getSchemaMetadata("t-value", 1).getId()).isEqualTo(first);
        assertThat(other.getId("t-value", new AvroSchema(V2))).isEqualTo(second);
        assertThat(other.getVersion("t-value", new AvroSchema(V2))).isEqualTo(2);
        assertThat(other.getAllSubjectsById(first)).containsExactly("t-value");
        assertThat(other.getAllVersionsById(second)).hasSize(1);
        assertThat(other.testCompatibility("t-value", new AvroSchema(V2))).isTrue();
        assertThat(other.testCompatibility("t-value", new AvroSchema(BREAKING))).isFalse();
        assertThat(other.getCompatibility(null)).isEqualTo("BACKWARD");
        assertThat(other.updateCompatibility("t-value", "NONE")).isEqualTo("NONE");
        assertThat(other.getCompatibility("t-value")).isEqualTo("NONE");
        assertThat(other.getMode()).isEqualTo("READWRITE");
        assertThat(other.deleteSchemaVersion("t-value", "1")).isEqualTo(1);
        assertThat(other.deleteSubject("t-value")).containsExactly(2);
        assertThat(other.getAllSubjects()).isEmpty();
    }

    @Test
    void givenARegisteredSchemaWhenRegisteredAgainThenItKeepsItsIdInEverySubject() throws Exception {
        var id = client.register("one", new AvroSchema(V1));

        assertThat(new CachedSchemaRegistryClient(registry.url(), 10, Map.of()).register("one", new AvroSchema(V1)))
                .isEqualTo(id);
        assertThat(client.register("two", new AvroSchema(V1))).isEqualTo(id);
    }

    @Test
    void givenABreakingSchemaWhenRegisteredThenItIsRefusedUntilTheLevelAllowsIt() throws Exception {
        client.register("t-value", new AvroSchema(V1));

        assertThatThrownBy(() -> client.register("t-value", new AvroSchema(BREAKING)))
                .isInstanceOfSatisfying(RestClientException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(409));

        client.updateCompatibility("t-value", "NONE");
        assertThat(client.register("t-value", new AvroSchema(BREAKING))).isPositive();
    }

    @Test
    void givenAPlainHttpClientWhenItPostsASchemaThenItGetsItBackById() throws Exception {
        var body = "{\"schema\":\"" + V1.replace("\"", "\\\"") + "\"}";
        var id = send("POST", "/subjects/a%2Fb-value/versions", body).replaceAll("[^0-9]", "");

        assertThat(send("GET", "/schemas/ids/" + id, "")).isEqualTo(body);
        assertThat(send("GET", "/subjects", "")).isEqualTo("[\"a/b-value\"]");
        assertThat(send("GET", "/schemas/ids/" + id + "/schema", "")).isEqualTo(V1);
        assertThat(send("GET", "/subjects/a%2Fb-value/versions/latest/schema", ""))
                .isEqualTo(V1);
        assertThat(send("GET", "/schemas/ids/" + id + "/versions", ""))
                .contains("a/b-value")
                .contains("1");
        assertThat(send("POST", "/subjects/a%2Fb-value", body)).contains("\"id\":" + id, "\"version\":1");
        assertThat(send("POST", "/compatibility/subjects/a%2Fb-value/versions/latest", body))
                .isEqualTo("{\"is_compatible\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET    | /schemas/ids/77                     |              | 404 | 40403
            GET    | /schemas/ids/seven                  |              | 404 | 40403
            GET    | /subjects/none/versions             |              | 404 | 40401
            GET    | /subjects/none/versions/latest      |              | 404 | 40401
            DELETE | /subjects/none                      |              | 404 | 40401
            GET    | /subjects/known/versions/9          |              | 404 | 40402
            GET    | /subjects/known/versions/zero       |              | 422 | 42202
            POST   | /subjects/known                     | {"schema":"\\"int\\""} | 404 | 40403
            POST   | /subjects/none                      | {"schema":"\\"int\\""} | 404 | 40401
            POST   | /subjects/known/versions            | {"schema":"{"}         | 422 | 42201
            POST   | /subjects/known/versions            | {"schemaType":"PROTOBUF","schema":"x"} | 422 | 42201
            POST   | /subjects/known/versions            | {"schema":"\\"int\\""} | 409 | 409
            POST   | /subjects/known/versions            |              | 422 | 42201
            POST   | /subjects/known/versions            | not json     | 400 | 400
            GET    | /config/known                       |              | 404 | 40408
            PUT    | /config/known                       | {"compatibility":"SOME"} | 422 | 42203
            GET    | /nowhere                            |              | 404 | 404
            PATCH  | /subjects                           |              | 404 | 404
            """)
    void givenARequestThatCannotBeMetWhenSentThenTheErrorHasConfluentsCode(
            String method, String path, String body, int status, int code) throws Exception {
        client.register("known", new AvroSchema(V1));

        var response = http.send(request(method, path, body == null ? "" : body), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"error_code\":" + code).contains("\"message\":");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        assertThat(send("GET", "/subjects", "")).isEqualTo("[\"known\"]");
    }

    @Test
    void givenAPortInUseWhenStartedThenTheErrorNamesIt() {
        var port = URI.create(registry.url()).getPort();

        assertThatThrownBy(() -> LocalRegistry.start(port))
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining("port " + port + " for the schema registry is in use");
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        return http.send(request(method, path, body), BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(registry.url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private static String record(String fields) {
        return ("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"');
    }
}
