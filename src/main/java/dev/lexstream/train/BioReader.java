package dev.lexstream.train;

import dev.lexstream.nlp.TagScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads tokens with the tags of spans, {@code token<TAB>tag}, a blank line between sentences, plain or gzipped. A tag is
 * {@code O}, {@code B-LABEL} or {@code I-LABEL}. An {@code I-} that continues no span of its label begins one, so it is
 * read as {@code B-}: the older IOB files are written so, and CoNLL's evaluation counts so. A variation selector or a
 * zero-width character may be a token: texts of messages, cut by character, have them.
 */
public final class BioReader {

    static final int COLUMNS = 2;

    private static final Pattern TAG = Pattern.compile("O|[BI]-\\S+");

    private BioReader() {}

    /** Whether a line is a token with its tag, whatever the token. */
    static boolean isToken(String line) {
        String[] columns = DataLines.columns(line);
        return columns.length == COLUMNS
                && TAG.matcher(VisibleText.name(columns[1])).matches();
    }

    /**
     * Reads all sentences.
     *
     * @throws DataException when a line has not two columns, an empty token or a tag of another form, or the file has
     *     no sentence
     */
    public static List<TaggedSentence> read(Path file) throws IOException, TrainingException {
        List<TaggedSentence> sentences = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (DataLines.isBlank(line)) {
                    flush(tokens, tags, sentences);
                } else {
                    token(lines, line, tokens, tags);
                }
            }
        }
        flush(tokens, tags, sentences);
        if (sentences.isEmpty()) {
            throw new DataException(file, 0, "lines of token and tag are required, no sentences found");
        }
        return sentences;
    }

    private static void token(DataLines lines, String line, List<String> tokens, List<String> tags)
            throws DataException {
        String[] columns = DataLines.columns(line);
        if (columns.length != COLUMNS) {
            throw lines.problem(
                    COLUMNS + " columns separated by a tab are required, found " + DataLines.found(columns));
        }
        if (columns[0].isBlank()) {
            throw lines.problem("the token is empty, one is required");
        }
        String tag = VisibleText.name(columns[1]);
        if (!TAG.matcher(tag).matches()) {
            throw lines.problem("a tag must be O, B-LABEL or I-LABEL, found " + VisibleText.quoted(tag));
        }
        String before = tags.isEmpty() ? TagScheme.OUTSIDE : tags.get(tags.size() - 1);
        boolean continued = TagScheme.continues(tag)
                && TagScheme.goesOn(before)
                && tag.substring(2).equals(before.substring(2));
        tokens.add(columns[0]);
        tags.add(TagScheme.continues(tag) && !continued ? "B-" + tag.substring(2) : tag);
    }

    private static void flush(List<String> tokens, List<String> tags, List<TaggedSentence> sentences) {
        if (!tokens.isEmpty()) {
            sentences.add(new TaggedSentence(tokens, tags));
            tokens.clear();
            tags.clear();
        }
    }
}
