package dev.lexstream.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LowerCaseTest {

    @Property
    void ofWordsItIsThatOfJava(@ForAll @StringLength(max = 128) String word) {
        assertThat(LowerCase.of(word)).isEqualTo(word.toLowerCase(Locale.ROOT));
    }

    @Test
    void everyLetterOfALongTextIsThatOfJava() {
        StringBuilder text = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.isLetter(point)) {
                text.appendCodePoint(point).append(' ');
            }
        }
        assertThat(LowerCase.of(text.toString())).isEqualTo(text.toString().toLowerCase(Locale.ROOT));
    }

    @Test
    void ofGreekWordsInALongTextTooTheLastSigmaIsAFinalOne() {
        String text = "\u039f\u03a3 \u03a3\u039f\u03a3, \u03a3 \ud835\udc9c A\u0130\u03a3b ".repeat(20);
        assertThat(LowerCase.of(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
    }
}
