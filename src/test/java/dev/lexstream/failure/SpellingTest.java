package dev.lexstream.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class SpellingTest {

    @Property(tries = 200)
    void aKnownNameIsItsOwnNearest(
            @ForAll @Size(min = 1) Set<@AlphaChars @StringLength(min = 1, max = 8) String> known) {
        for (String name : known) {
            assertThat(Spelling.nearest(name, known))
                    .hasValueSatisfying(nearest -> assertThat(nearest).isEqualToIgnoringCase(name));
        }
    }

    @Example
    void separatorsAndCaseDoNotCount() {
        assertThat(Spelling.nearest("Application_Id", Set.of("application-id", "models")))
                .contains("application-id");
    }

    @Example
    void whatIsTooFarIsNotGuessed() {
        assertThat(Spelling.nearest("colour", Set.of("stages", "models"))).isEmpty();
    }
}
