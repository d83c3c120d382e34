package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NormalFormTest {

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("ae\u0301\u0316\u0345\u05b7\u05bc\u1100\u1161\ufb03\u2460\u0e33 ")
                .ofMaxLength(60);
    }

    @Property
    void itIsThatOfJava(@ForAll("texts") String text, @ForAll Normalizer.Form form) {
        assertThat(NormalForm.of(text, form)).isEqualTo(Normalizer.normalize(text, form));
    }

    @Test
    void ofMarksWithoutEndEachFewAreInOrder() {
        String normal = NormalForm.of("e" + "\u0301\u0316".repeat(1000), Normalizer.Form.NFC);
        assertThat(normal).startsWith("\u00e9\u0316\u0316\u0316").hasSize(2000);
        assertThat(normal.chars().filter(mark -> mark == '\u0316')).hasSize(1000);
    }
}
