package dev.lexstream.growth;

import java.util.List;

/**
 * Texts of any length that are made to cost a tokenizer, splitter or decoder more than their length.
 *
 * @param name for tables
 * @param prefix of each text
 * @param piece repeated until the text is long enough
 * @param suffix of each text; often what makes a long match fail at its end
 */
public record HostileText(String name, String prefix, String piece, String suffix) {

    /** What is known to be hard for some library or pattern, and what has no end of a word or sentence in it. */
    public static final List<HostileText> ALL = List.of(
            text("words", "The quick brown fox, 3.5 times faster, isn't here. "),
            text("Chinese words", "今天天气很好，我们去公园散步吧。"),
            text("numbers 1.", "", "1.", "1A"),
            text("numbers 1,1/", "", "1,1/", "1B"),
            text("one number", "", "1", "A"),
            text("times", "", "1:1.", "\u0661a1"),
            text("initials", "", "a.", "aa"),
            text("capital initials", "", "A.", "\u0301"),
            text("clitics", "can't"),
            text("apostrophes in a word", "", "a'", "n't"),
            text("mail addresses", "a@"),
            text("dots before @", "", "a.", "@"),
            text("marks and dots", "#a.@"),
            text("www", "www."),
            text("schemes", "http://"),
            text("an address", "http://a", ".,;:", " "),
            text("domains", "a.com/"),
            text("dots", ". "),
            text("ellipses", "..."),
            text("dots and letters", ".a "),
            text("dots and digits", "a. ", "1 ", "a"),
            text("brackets after a dot", "a.", ")", "a"),
            text("one small letter", "a"),
            text("one capital letter", "", "A", "a"),
            text("a word of three letters", "abc"),
            text("Aa BB", "AaBB"),
            text("sigmas", "\u03a3"),
            text("alphas and sigmas", "", "\u0391\u03a3", "a"),
            text("sigmas and dots", "\u03a3.\u03a3'"),
            text("dotted capital I", "\u0130"),
            text("spaces", "", " ", "a"),
            text("line breaks", "a", "\n", "a"),
            text("wide spaces", "", "\u3000", "a"),
            text("tabs and returns", "a", "\t\r\n", "a"),
            text("Han", "\u5b57"),
            text("Han beyond the BMP", "\ud840\udc00"),
            text("Hangul", "\ud55c"),
            text("Jamo", "\u1100"),
            text("Thai", "\u0e01\u0e33"),
            text("Arabic ligature", "\ufdfa"),
            text("emoji", "\ud83d\ude00"),
            text("emoji joined", "\ud83d\udc68\u200d"),
            text("skin tones", "\ud83d\udc4d\ud83c\udffd"),
            text("flags", "\ud83c\udde9\ud83c\uddea"),
            text("one flag letter", "\ud83c\udde9"),
            text("keycaps", "1\ufe0f\u20e3"),
            text("one combining mark", "a", "\u0301", "a"),
            text("marks out of order", "a", "\u0301\u0316", "a"),
            text("marks in Hebrew order", "\u05d0", "\u05b7\u05bc\u0591", ""),
            text("marks and letters", "a\u0301"),
            text("Indic conjuncts", "\u0915\u094d"),
            text("zero-width joiners", "a", "\u200d", "a"),
            text("variation selectors", "\u2764", "\ufe0f", "a"),
            text("soft hyphens", "", "a\u00ad", "a"),
            text("controls", "a", "\u0001", "a"),
            text("NUL", "a", "\u0000", "a"),
            text("letter and emoji", "http://", "a\ud83d\ude00", " "),
            text("lone surrogates", "\ud800a"),
            text("special tokens", "[MASK]"),
            text("almost special tokens", "[CLS"),
            text("markup", "&amp;<skipped>-\n"),
            text("punctuation", "!?"),
            text("commas", ","),
            text("dashes", "a--"),
            text("emoticons", ":-)"),
            text("underscores", "_\u2581"));

    private static HostileText text(String name, String piece) {
        return new HostileText(name, "", piece, "");
    }

    private static HostileText text(String name, String prefix, String piece, String suffix) {
        return new HostileText(name, prefix, piece, suffix);
    }

    /**
     * The text of a length; its last piece may be cut.
     *
     * @param length in chars, at least as many as prefix and suffix have
     */
    public String of(int length) {
        StringBuilder text = new StringBuilder(length).append(prefix);
        int end = length - suffix.length();
        text.append(piece.repeat((end - text.length()) / piece.length()));
        text.append(piece, 0, end - text.length());
        return text.append(suffix).toString();
    }
}
