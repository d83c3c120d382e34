package dev.lexstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.TextEvent;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample events show both languages, declared and to be detected. */
class SampleEventsTest {
    @Test
    void givenTheSampleEventsWhenLoadedThenHalfAreChineseAndHalfDeclareTheirLanguage() {
        var events = SampleEvents.load();

        assertThat(events).hasSize(64).extracting(TextEvent::id).doesNotHaveDuplicates();
        assertThat(events).extracting(TextEvent::text).doesNotHaveDuplicates();
        var chinese = events.stream().filter(SampleEventsTest::isChinese).collect(Collectors.toSet());
        assertThat(chinese).hasSize(32);
        assertThat(events).filteredOn(e -> e.language().isPresent()).hasSize(32).allSatisfy(e -> assertThat(
                        e.language())
                .contains(chinese.contains(e) ? "zh" : "en"));
        assertThat(events).allSatisfy(e -> {
            assertThat(e.source().orElseThrow()).isNotBlank();
            assertThat(e.attributes()).isNotEmpty();
        });
    }

    private static boolean isChinese(TextEvent event) {
        return event.text().codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }
}
