package dev.lexstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An outage is waited out with growing patience and then reported; an answer, even a refusal, is taken at once. */
class RegistryFailuresTest {
    private final List<Long> waits = new ArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private volatile int failures = Integer.MAX_VALUE;
    private volatile int status = 500;
    private volatile String body = "{\"error_code\":50001,\"message\":\"broken\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var failing = requests.incrementAndGet() <= failures;
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            var bytes = (failing ? body : "{\"schema\":\"\\\"int\\\"\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(failing ? status : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void givenAnOutageThatEndsWhenASchemaIsAskedForThenItComesAfterDoublingWaits() {
        failures = 4;
        try (var registry = connect(Map.of("retries.wait.ms", "100", "retries.max.wait.ms", "500"))) {

            var schema = registry.schema(7);

            assertThat(schema.toString()).isEqualTo("\"int\"");
            assertThat(waits).containsExactly(100L, 200L, 400L, 500L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            500 | {"error_code":50001,"message":"m"} | HTTP status 500
            503 | busy                               | HTTP status 503
            401 | {"error_code":40101,"message":"m"} | HTTP status 401; check the credentials
            403 | {"error_code":40301,"message":"m"} | HTTP status 403; check the credentials
            429 | {"error_code":42901,"message":"m"} | HTTP status 429
            404 | <html>no such page</html>          | HTTP status 404; check the path in schema.registry.url
            404 | {"error_code":404,"message":"m"}   | HTTP status 404; check the path in schema.registry.url
            """)
    void givenAnAnswerThatSaysNothingAboutTheSchemaWhenRetriesEndThenTheRegistryIsUnavailable(
            int status, String body, String message) {
        this.status = status;
        this.body = body;
        try (var registry = connect(Map.of("max.retries", "2"))) {
            assertThatThrownBy(() -> registry.schema(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("cannot look up schema id 7: " + message + " (3 attempts)");
        }
        assertThat(requests).hasValue(3);
    }

    @Test
    void givenNothingListensWhenASchemaIsAskedForThenTheRegistryIsUnavailable() {
        server.stop(0);
        try (var registry = connect(Map.of("max.retries", 1))) {
            assertThatThrownBy(() -> registry.schema(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("Connection refused");
        }
        assertThat(waits).containsExactly(200L);
    }

    @Test
    void givenAnUnknownIdWhenAskedForTwiceThenTheRegistryIsAskedTwiceAndNeverRetried() {
        status = 404;
        body = "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}";
        try (var registry = connect(Map.of())) {
            for (var i = 0; i < 2; i++) {
                assertThatThrownBy(() -> registry.schema(7))
                        .isInstanceOf(WireFormatException.class)
                        .hasMessageContaining("schema id 7 is unknown");
            }
        }
        assertThat(requests).hasValue(2);
        assertThat(waits).isEmpty();
    }

    @Test
    void givenASchemaThatIsNotAvroWhenAskedForTwiceThenTheRecordsAreBlamedAndTheRegistryAskedOnce() {
        status = 200;
        body = "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}";
        try (var registry = connect(Map.of())) {
            for (var i = 0; i < 2; i++) {
                assertThatThrownBy(() -> registry.schema(7))
                        .isInstanceOf(WireFormatException.class)
                        .hasMessage("schema id 7 is that of a schema of type PROTOBUF; allowed is AVRO");
            }
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void givenAThreadThatIsInterruptedWhenWaitingThenItGivesUpAndStaysInterrupted() {
        try (var registry = SchemaRegistry.connect(Map.of("schema.registry.url", url()), millis -> {
            throw new InterruptedException();
        })) {
            assertThatThrownBy(() -> registry.schema(7)).isInstanceOf(RegistryUnavailableException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "basic.auth.credentials.source, USER_INFO, basic.auth.user.info, ada:secret, Basic YWRhOnNlY3JldA==",
        "bearer.auth.credentials.source, STATIC_TOKEN, bearer.auth.token, abc, Bearer abc"
    })
    void givenCredentialsUnderConfluentsNamesWhenConnectedThenTheClientSendsThem(
            String source, String kind, String name, String value, String header) {
        failures = 0;
        try (var registry = connect(Map.of(source, kind, name, value))) {
            registry.schema(7);
        }
        assertThat(authorizations).containsExactly(header);
    }

    @Test
    void givenCredentialsInTheAddressWhenTheRegistryFailsThenTheErrorDoesNotShowThem() {
        var address = url().replace("//", "//ada:secret@");
        try (var registry = connect(
                Map.of("schema.registry.url", address, "basic.auth.credentials.source", "URL", "max.retries", 0))) {
            assertThatThrownBy(() -> registry.schema(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .message()
                    .contains(url())
                    .doesNotContain("secret");
        }
        assertThat(authorizations).containsExactly("Basic YWRhOnNlY3JldA==");
    }

    private SchemaRegistry connect(Map<String, ?> settings) {
        var all = new HashMap<String, Object>(Map.of("schema.registry.url", url()));
        all.putAll(settings);
        return SchemaRegistry.connect(all, waits::add);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
