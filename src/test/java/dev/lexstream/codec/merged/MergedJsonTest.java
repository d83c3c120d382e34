package dev.lexstream.codec.merged;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lexstream.avro.Enrichment;
import dev.lexstream.avro.Language;
import dev.lexstream.avro.LanguageOrigin;
import dev.lexstream.codec.EnrichedTextJson;
import dev.lexstream.codec.EnrichedTexts;
import dev.lexstream.codec.Records;
import dev.lexstream.codec.UndecodableEventException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JSON object gets one more member and is otherwise the same bytes; what is no such object is refused. */
class MergedJsonTest {
    private static final String FIELD = "enrichment";
    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    private final MergedJson encoder = new MergedJson(FIELD);
    private final Enrichment enrichment = EnrichedTexts.enrichment(Records.enrichedEvent());
    private final String member = "\"enrichment\":" + new EnrichedTextJson().line(enrichment);
    private final ObjectMapper json = new ObjectMapper();

    private String merged(String value) {
        return new String(encoder.merged(value.getBytes(UTF_8), enrichment), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | {<>}",
                "{ } | { <>}",
                "{\"a\":1} | {\"a\":1,<>}",
                " {\"a\" : 1.0 , \"b\":1E400,\"c\":-0.00 } | {\"a\" : 1.0 , \"b\":1E400,\"c\":-0.00 ,<>}",
                "{\"a\":\"\\u00e4\\/\",\"a\":2,\"a\":[]} | {\"a\":\"\\u00e4\\/\",\"a\":2,\"a\":[],<>}",
                "{\"a\":{\"enrichment\":1}} | {\"a\":{\"enrichment\":1},<>}",
                "{\"a\":\"}\"} | {\"a\":\"}\",<>}",
                "{\"a\":\"\\ud800\"} | {\"a\":\"\\ud800\",<>}",
                "{\"Enrichment\":1,\"enrichment \":2,\"\":3} | {\"Enrichment\":1,\"enrichment \":2,\"\":3,<>}"
            })
    void theMemberStandsBeforeTheClosingBrace(String value, String expected) {
        assertThat(merged(value)).isEqualTo(expected.replace("<>", member));
    }

    @Test
    void aByteOrderMarkAndBlanksAroundStay() {
        assertThat(merged("\uFEFF\r\n\t {\"a\":1}\n ")).isEqualTo("\uFEFF\r\n\t {\"a\":1," + member + "}\n ");
    }

    @Property(tries = 500)
    void allOtherBytesStayInWhateverFormTheyAre(@ForAll long seed) throws IOException {
        var value = new OddJson(new Random(seed)).object();
        var bytes = value.getBytes(UTF_8);

        var merged = encoder.merged(bytes, enrichment);

        var brace = value.lastIndexOf('}');
        var head = value.substring(0, brace).getBytes(UTF_8);
        var tail = value.substring(brace).getBytes(UTF_8);
        assertThat(Arrays.copyOf(merged, head.length)).isEqualTo(head);
        assertThat(Arrays.copyOfRange(merged, merged.length - tail.length, merged.length))
                .isEqualTo(tail);
        var inserted = new String(merged, head.length, merged.length - head.length - tail.length, UTF_8);
        assertThat(inserted).isIn(member, "," + member);
        assertThat(json.readTree(withoutMark(merged)).get(FIELD))
                .isEqualTo(json.readTree("{" + member + "}").get(FIELD));
    }

    @Property(tries = 300)
    void anotherPipelinesEnrichmentIsWrittenAgainAndTheBytesBeforeItStay(@ForAll long seed) throws IOException {
        var value = new OddJson(new Random(seed)).object();
        var once = encoder.merged(value.getBytes(UTF_8), enrichment);

        var twice = encoder.merged(once, enrichment);

        var start = new String(once, UTF_8).lastIndexOf(member);
        var head = new String(once, UTF_8).substring(0, start).getBytes(UTF_8);
        assertThat(Arrays.copyOf(twice, head.length)).isEqualTo(head);
        assertThat(new String(twice, UTF_8)).endsWith(value.substring(value.lastIndexOf('}')));
        var read = json.readTree(withoutMark(twice)).get(FIELD);
        assertThat(read.get("annotations"))
                .hasSize(2 * enrichment.getAnnotations().size());
        assertThat(read.get("annotations").get(0))
                .isEqualTo(
                        read.get("annotations").get(enrichment.getAnnotations().size()));
    }

    private static byte[] withoutMark(byte[] bytes) {
        return bytes[0] == (byte) 0xEF ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    @Test
    void annotationsOfTheEarlierPipelineStayByteForByte() {
        var earlier =
                "{\"a\":1, \"\\u0065nrichment\" : { \"enrichedAt\":null, \"annotations\" : [ {\"x\": 1.00, \"x\":\"\\u0041\"} ] ,"
                        + "\"receivedAt\":\"2020-01-01T00:00:00Z\",\"language\":{\"of\":[ ]} } \n}";

        var merged = merged(earlier);

        assertThat(merged)
                .startsWith("{\"a\":1, \"enrichment\":{\"language\":{\"code\":\"en\"")
                .contains("\"annotations\":[{\"x\": 1.00, \"x\":\"\\u0041\"},{\"stage\":\"tag\"")
                .contains("\"receivedAt\":\"2020-01-01T00:00:00Z\"")
                .endsWith(" \n}");
    }

    @Test
    void aLanguageThatOnlyTheEarlierPipelineKnewStays() {
        var unknown = Enrichment.newBuilder(enrichment)
                .setLanguage(new Language(null, LanguageOrigin.UNKNOWN, null))
                .build();
        var once = encoder.merged("{}".getBytes(UTF_8), enrichment);

        var twice = new String(encoder.merged(once, unknown), UTF_8);

        assertThat(node(twice).at("/enrichment/language/code").asText()).isEqualTo("en");
    }

    private JsonNode node(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"enrichment\":1}",
                "{\"enrichment\":null}",
                "{\"enrichment\":{}}",
                "{\"enrichment\":[]}",
                "{\"\\u0065nrichment\":\"secret\"}",
                "{\"enrichment\":{\"language\":{},\"annotations\":[],\"receivedAt\":null}}",
                "{\"enrichment\":{\"language\":{},\"annotations\":[],\"receivedAt\":null,\"enrichedAt\":null,\"more\":1}}",
                "{\"enrichment\":{\"language\":{},\"annotations\":[1],\"receivedAt\":null,\"enrichedAt\":null}}",
                "{\"enrichment\":{\"language\":[],\"annotations\":[],\"receivedAt\":null,\"enrichedAt\":null}}",
                "{\"enrichment\":{\"language\":{},\"annotations\":[],\"receivedAt\":\"secret\",\"enrichedAt\":null}}",
                "{\"enrichment\":{\"language\":{},\"annotations\":[],\"receivedAt\":null,\"receivedAt\":null,\"enrichedAt\":null}}"
            })
    void aMemberOfThatNameThatIsNotOursIsRefused(String value) {
        refused(value.getBytes(UTF_8), "has a member enrichment that is no enrichment");
    }

    @Test
    void anEnrichmentThatIsNotTheLastMemberIsRefused() {
        refused(("{" + member + ",\"a\":1}").getBytes(UTF_8), "has a member enrichment that is not the last");
        refused(("{" + member + "," + member + "}").getBytes(UTF_8), "has a member enrichment that is not the last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"secret\"", "null", "[{}]"})
    void whatIsNoObjectIsRefused(String value) {
        refused(value.getBytes(UTF_8), "is no JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":secret}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":/*secret*/1}",
                "{\"a\":tru}",
                "{\"enrichment\":",
                "{\"enrichment\":{\"language\":{",
                "{\"a\":[}",
                "{\"a\":1}}",
                "{\"a\":1} {}",
                "{\"a\":1},",
                "{\"a\":1}secret",
                "{\"a\":1}\u0001",
                "\uFEFF\uFEFF{}",
                "\u00a0{}"
            })
    void whatIsNoSingleWellFormedObjectIsRefused(String value) {
        refused(value.getBytes(UTF_8), "");
    }

    @Test
    void otherEncodingsAreRefused() {
        for (var charset : List.of(UTF_16BE, UTF_16LE, UTF_32, Charset.forName("UTF-32LE"))) {
            refused("{\"a\":1}".getBytes(charset), "allowed is UTF-8");
            refused("\uFEFF{\"a\":1}".getBytes(charset), "");
            var marked = new ByteArrayOutputStream();
            marked.writeBytes("\uFEFF".getBytes(UTF_8));
            marked.writeBytes("{\"a\":1}".getBytes(charset));
            refused(marked.toByteArray(), "allowed is UTF-8");
        }
    }

    @Test
    void malformedUtf8IsRefusedWhereverItIs() {
        for (var bad : List.of(
                new byte[] {(byte) 0xC0, (byte) 0x80}, // a long form of NUL
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond Unicode
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xE4})) {
            for (var around : List.of("{\"a\":\"%\"}", "{\"%\":1}", "{\"a\":[{\"b\":\"%\"}]}")) {
                var at = around.indexOf('%');
                var value = ByteBuffer.allocate(around.length() - 1 + bad.length)
                        .put(around.substring(0, at).getBytes(UTF_8))
                        .put(bad)
                        .put(around.substring(at + 1).getBytes(UTF_8))
                        .array();
                refused(value, "is malformed UTF-8 at byte");
            }
        }
    }

    @Test
    void depthIsBounded() {
        var deepest = "[".repeat(JsonBytes.MAX_DEPTH - 1) + "]".repeat(JsonBytes.MAX_DEPTH - 1);
        assertThat(merged("{\"a\":" + deepest + "}")).startsWith("{\"a\":" + deepest + ",\"enrichment\"");

        refused(("{\"a\":[" + deepest + "]}").getBytes(UTF_8), "nests 257 deep or deeper; allowed are 256");
        refused(("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(UTF_8), "allowed are 256");
        refused("{\"a\":".repeat(10_000).getBytes(UTF_8), "allowed are 256");
    }

    @Test
    void textsNamesAndNumbersMayBeOfAnyLength() {
        var huge = "x".repeat(10 << 20);
        assertThat(merged("{\"a\":\"" + huge + "\"}"))
                .hasSize((10 << 20) + 8 + 1 + member.length())
                .endsWith("," + member + "}");
        assertThat(merged("{\"" + huge + "\":1}")).endsWith("," + member + "}");
        assertThat(merged("{\"a\":" + "1".repeat(100_000) + "}")).endsWith("1," + member + "}");
    }

    @Test
    void manyMembersTakeTimeInProportion() {
        var value = new StringBuilder("{");
        for (var i = 0; i < 300_000; i++) {
            value.append("\"k").append(i).append("\":{\"v").append(i).append("\":1},");
        }
        value.setCharAt(value.length() - 1, '}');

        assertThat(merged(value.toString())).endsWith("," + member + "}");
    }

    @Test
    void aNameIsWrittenAsJsonText() {
        var quoted = new MergedJson("a\"\\ä");

        assertThat(new String(quoted.merged("{}".getBytes(UTF_8), enrichment), UTF_8))
                .startsWith("{\"a\\\"\\\\ä\":{\"language\"");
        assertThatThrownBy(() -> new MergedJson("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRegistrysFramingStays() {
        byte[] framed = "\0\0\0\0*{\"a\":1}".getBytes(UTF_8);

        String merged = new String(encoder.merged(framed, enrichment), UTF_8);

        assertThat(merged).startsWith("\0\0\0\0*{\"a\":1,\"").endsWith("}}");
    }

    private void refused(byte[] value, String problem) {
        assertThatThrownBy(() -> encoder.merged(value, enrichment))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageStartingWith("value ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
