package dev.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextSettingsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static TextSettings read(String json) throws Exception {
        return JSON.readValue(json, TextSettings.class);
    }

    @Test
    void whatIsWrittenIsReadAndWhatIsMissingIsOff() throws Exception {
        assertThat(read(JSON.writeValueAsString(TextSettings.ON))).isEqualTo(TextSettings.ON);
        assertThat(read("{}")).isEqualTo(TextSettings.OFF);
        assertThat(read("{\"whole_graphemes\": true}"))
                .isEqualTo(new TextSettings(false, false, true, false, false, 0));
        assertThat(read("{\"least_known\": 1}").leastKnown()).isEqualTo(1);
    }

    @Test
    void aPropertyThatThereIsNotIsRefusedNamingThoseThereAre() {
        assertThatThrownBy(() -> read("{\"drop_invisibles\": true, \"repeat_numbers\": \"yes\"}"))
                .hasMessageContaining("there is no 'drop_invisibles', only drop_invisible, split_sentences,")
                .hasMessageContaining("repeat_numbers must be true or false, found \"yes\"");
        assertThatThrownBy(() -> read("{\"least_known\": 1.5}")).hasMessageContaining("must be in 0..1, found 1.5");
        assertThatThrownBy(() -> read("{\"least_known\": null}")).hasMessageContaining("a number in 0..1, found null");
    }

    @Test
    void thePageNamesEveryProperty() throws Exception {
        List<String> documented = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                .matcher(Files.readString(Path.of("src/site/markdown/texts.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(documented).containsExactlyElementsOf(() -> JSON.valueToTree(TextSettings.ON)
                .fieldNames());
    }
}
