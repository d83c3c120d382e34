package dev.lexstream.train;

import dev.lexstream.model.TextSettings;
import dev.lexstream.nlp.CharacterTokenizer;
import dev.lexstream.nlp.Span;
import dev.lexstream.nlp.TagScheme;
import dev.lexstream.nlp.Tagger;
import dev.lexstream.nlp.TaggerInput;
import dev.lexstream.nlp.TextTokens;
import dev.lexstream.nlp.TokenTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the sentences of the data are for a tagger: tokens with tags to learn from, and the spans it should find.
 *
 * @param scheme what the tags mean
 * @param unit what a token is; words are tokens already, characters are cut out of them
 */
record GoldTags(TagScheme scheme, TokenUnit unit) {

    private static final CharacterTokenizer CHARACTERS = new CharacterTokenizer();

    /**
     * A text as the tagger sees it and what it should find there.
     *
     * @param spans in text order
     * @param untagged where nobody has said what is to be found, in text order
     */
    record Expected(TaggerInput input, List<TokenTag> spans, List<Span> untagged) {

        /** What is found where it is known what should be. */
        List<TokenTag> countable(List<TokenTag> found) {
            return untagged.isEmpty()
                    ? found
                    : found.stream().filter(span -> !isUntagged(span)).toList();
        }

        private boolean isUntagged(TokenTag found) {
            return untagged.stream().anyMatch(span -> span.begin() < found.end() && found.start() < span.end());
        }
    }

    /** The tags of a format's sentences. */
    static GoldTags of(TaggedFormat format, TokenUnit unit) {
        if (format == TaggedFormat.BIO) {
            return new GoldTags(TagScheme.SPANS, unit);
        }
        return new GoldTags(unit == TokenUnit.WORD ? TagScheme.TOKENS : TagScheme.SEGMENTS, unit);
    }

    /** The tokens of a sentence with their tags. */
    TaggedSentence tokens(TaggedSentence sentence) {
        if (unit == TokenUnit.WORD) {
            return sentence;
        }
        List<String> tokens = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < sentence.words().size(); i++) {
            String word = sentence.words().get(i);
            List<String> characters = characters(word);
            tokens.addAll(characters);
            tags.addAll(tags(characters.size(), sentence.tags().get(i)));
        }
        return new TaggedSentence(tokens, tags);
    }

    /** A word without visible characters is one token. */
    private static List<String> characters(String word) {
        List<String> characters =
                TextTokens.of(word, CHARACTERS, TextSettings.ON).texts();
        return characters.isEmpty() ? List.of(word) : characters;
    }

    private List<String> tags(int characters, String tag) {
        if (tag.equals(TaggedSentence.UNTAGGED)) {
            return Collections.nCopies(characters, tag);
        }
        if (scheme == TagScheme.SEGMENTS) {
            return TagScheme.segment(characters, tag);
        }
        List<String> tags = new ArrayList<>(characters);
        for (int i = 0; i < characters; i++) {
            tags.add(i > 0 && tag.startsWith("B-") ? "I-" + tag.substring(2) : tag);
        }
        return tags;
    }

    /** What a tagger should find. Segments are sought in the words joined, all else in the tokens as given. */
    Expected expected(Tagger tagger, TaggedSentence sentence) {
        if (scheme != TagScheme.SEGMENTS) {
            TaggedSentence tokens = tokens(sentence);
            TaggerInput input = tagger.prepare(tokens.words());
            return expected(
                    input, scheme.spans(tokens.tags(), new float[tokens.tags().size()], input.spans()));
        }
        List<TokenTag> spans = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < sentence.words().size(); i++) {
            String word = sentence.words().get(i);
            int end = begin + word.codePointCount(0, word.length());
            spans.add(new TokenTag(begin, end, sentence.tags().get(i), 0));
            begin = end;
        }
        return expected(tagger.prepare(String.join("", sentence.words())), spans);
    }

    private static Expected expected(TaggerInput input, List<TokenTag> spans) {
        List<TokenTag> tagged = new ArrayList<>();
        List<Span> untagged = new ArrayList<>();
        for (TokenTag span : spans) {
            if (span.label().equals(TaggedSentence.UNTAGGED)) {
                untagged.add(new Span(span.start(), span.end()));
            } else {
                tagged.add(span);
            }
        }
        return new Expected(input, tagged, untagged);
    }
}
