package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code tokenizer.json} of foreign make is read or refused as a file, whatever is in it. */
class TokenizerRefusalTest {

    @TempDir
    private Path folder;

    private void refused(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
        assertThatThrownBy(() -> WordLevelFile.read(file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SubwordTokenizer.read(file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BertTokenizer.parse("tokenizer.json", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"model\":null}",
                "{\"model\":{\"type\":\"WordLevel\"}}",
                "{\"model\":{\"type\":\"WordPiece\",\"vocab\":[]}}",
                "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}}}",
                "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<pad>\":0,\"<unk>\":2147483648}}}",
            })
    void whatIsNoTokenizerIsRefused(String json) throws IOException {
        refused(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"model\":", "{\"model\":{\"vocab\":["})
    void deepJsonIsRefused(String open) throws IOException {
        refused(open.repeat(300_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "-7", "5", "7", "1e3", "\"6\"", "null", "[]"})
    void idsThatAreNotThoseOfTheNextTokensAreRefused(String id) throws IOException {
        StringBuilder translator = new StringBuilder();
        for (SpecialToken token : SpecialToken.values()) {
            translator
                    .append('"')
                    .append(token.text())
                    .append("\":")
                    .append(token.id())
                    .append(',');
        }
        Path file = Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{" + translator + "\"a\":" + id + "},\"merges\":[]}}");
        assertThatThrownBy(() -> SubwordTokenizer.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ids must be 0 to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "-7", "1e3", "\"6\"", "null", "[]", "4294967296"})
    void idsThatAreNoWholeNumbersAreRefused(String id) {
        StringBuilder special = new StringBuilder();
        List<String> tokens = BertTokenizer.SPECIAL_TOKENS;
        for (int i = 0; i < tokens.size(); i++) {
            special.append('"').append(tokens.get(i)).append("\":").append(i).append(',');
        }
        String json = "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{" + special + "\"a\":" + id + "}}}";
        assertThatThrownBy(() -> BertTokenizer.parse("tokenizer.json", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ids must be whole numbers");
    }
}
