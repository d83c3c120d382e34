package dev.lexstream.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexstream.event.Language;
import dev.lexstream.event.TextEvent;
import dev.lexstream.nlp.LanguageDetector;
import dev.lexstream.nlp.LanguageDetector.Detection;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanguageRuleTest {

    private static final LanguageDetector UNSURE = text -> Optional.of(new Detection("tr", 0.4));

    private static TextEvent text(String language) {
        return TextEvent.of("id", "ok", Optional.ofNullable(language));
    }

    @Test
    void whatTheEventDeclaresCounts() {
        LanguageRule rule = new LanguageRule(UNSURE, 0.5, Optional.of("en"));

        assertThat(rule.of(text("ger"))).isEqualTo(Language.declared("de"));
    }

    @Test
    void aDetectionThatIsNotSureEnoughIsUnknown() {
        assertThat(new LanguageRule(UNSURE, 0.4, Optional.empty()).of(text("und")))
                .isEqualTo(Language.detected("tr", 0.4));
        assertThat(new LanguageRule(UNSURE, 0.41, Optional.empty()).of(text("und")))
                .isEqualTo(Language.unknown());
    }

    @Test
    void theDefaultStandsInForTheUnknown() {
        assertThat(new LanguageRule(UNSURE, 0.5, Optional.of("en-GB")).of(text(null)))
                .isEqualTo(Language.byDefault("en"));
        assertThat(new LanguageRule(text -> Optional.empty(), 0, Optional.of("eng")).of(text(" ")))
                .isEqualTo(Language.byDefault("en"));
    }
}
