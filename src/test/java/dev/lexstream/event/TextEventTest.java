package dev.lexstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextEventTest {

    private static TextEvent event(Map<String, String> texts, Map<String, Attribute> attributes) {
        return new TextEvent(
                "id", texts, Optional.empty(), Optional.empty(), Optional.empty(), attributes, Envelope.NONE);
    }

    @Test
    void theFirstTextIsTheMainOneAndOthersGoByTheirNames() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("title", "first");
        texts.put("body", "second");
        texts.put("a", "third");

        TextEvent event = event(texts, Map.of());
        texts.clear();

        assertThat(event.text()).isEqualTo("first");
        assertThat(event.text("body")).contains("second");
        assertThat(event.text("none")).isEmpty();
        assertThat(event.texts().keySet()).containsExactly("title", "body", "a");
    }

    @Test
    void nobodyChangesAnEventAndNothingInItIsNull() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("b", Attribute.of("1"));
        attributes.put("a", new Attribute.Truth(false));
        TextEvent event = event(Map.of("text", "t"), attributes);

        assertThatThrownBy(() -> event.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> event.texts().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(event.attributes().keySet()).containsExactly("b", "a");
        attributes.put("c", null);
        assertThatThrownBy(() -> event(Map.of("text", "t"), attributes)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void anEventWithoutATextIsNone() {
        assertThatThrownBy(() -> event(Map.of(), Map.of())).hasMessage("an event has one text or more, found none");
    }

    @Test
    void headersKeepOrderAndDuplicatesAndAreEqualByTheirBytes() {
        Headers headers = new Headers(
                List.of(new Header("a", new byte[] {1}), new Header("b", null), new Header("a", new byte[] {2})));

        assertThat(headers.last("a")).contains(new Header("a", new byte[] {2}));
        assertThat(headers.last("b")).contains(new Header("b", null));
        assertThat(headers.last("c")).isEmpty();
        assertThat(new Header("a", new byte[] {1})).isNotEqualTo(new Header("a", new byte[] {2}));
        assertThat(headers)
                .isEqualTo(new Headers(List.copyOf(headers.all())))
                .hasToString("Headers[all=[a (1 bytes), b (no value), a (1 bytes)]]");
    }
}
