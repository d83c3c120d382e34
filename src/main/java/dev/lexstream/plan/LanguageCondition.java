package dev.lexstream.plan;

import dev.lexstream.event.Language;
import dev.lexstream.nlp.LanguageTag;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That the input is in one of some languages.
 *
 * @param languages by their tags, kept as of {@link LanguageTag#language}
 */
record LanguageCondition(Set<String> languages) implements Condition {

    LanguageCondition {
        languages = languages.stream()
                .map(tag -> LanguageTag.language(tag).orElse(tag))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Needs needs() {
        return new Needs(false, true, Set.of());
    }

    @Override
    public Optional<String> refusal(Known known) {
        Language language = known.inputLanguage();
        return admits(language)
                ? Optional.empty()
                : Optional.of("language " + language.code().orElse("unknown"));
    }

    @Override
    public boolean admits(Language language) {
        return language.code().map(languages::contains).orElse(false);
    }
}
