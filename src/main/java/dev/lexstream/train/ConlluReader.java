package dev.lexstream.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads words and universal part-of-speech tags from <a href="https://universaldependencies.org/format.html">CoNLL-U</a>
 * files, plain or gzipped. Multiword ranges and empty nodes are left out. A word whose tag is {@code _} is
 * {@linkplain TaggedSentence#UNTAGGED untagged}.
 */
public final class ConlluReader {

    static final int COLUMNS = 10;
    private static final int ID = 0;
    private static final int FORM = 1;
    private static final int UPOS = 3;

    private static final Pattern WORD = Pattern.compile("[0-9]+");
    private static final Pattern RANGE_OR_EMPTY_NODE = Pattern.compile("[0-9]+[-.][0-9]+");

    private ConlluReader() {}

    /**
     * Reads all sentences.
     *
     * @throws DataException when a line has not ten columns, an id of another form, or no form or tag; or when the file
     *     has no sentence, or no word of it has a tag
     */
    public static List<TaggedSentence> read(Path file) throws IOException, TrainingException {
        List<TaggedSentence> sentences = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (DataLines.isBlank(line)) {
                    flush(words, tags, sentences);
                } else if (!line.startsWith("#")) {
                    word(lines, line, words, tags);
                }
            }
        }
        flush(words, tags, sentences);
        if (sentences.isEmpty()) {
            throw new DataException(file, 0, "lines of " + COLUMNS + " columns are required, no sentences found");
        }
        if (sentences.stream()
                .allMatch(sentence -> sentence.untagged() == sentence.words().size())) {
            throw new DataException(file, 0, "words with tags are required, every UPOS column is _");
        }
        return sentences;
    }

    private static void word(DataLines lines, String line, List<String> words, List<String> tags) throws DataException {
        String[] columns = DataLines.columns(line);
        if (columns.length != COLUMNS) {
            throw lines.problem(COLUMNS + " columns separated by tabs are required, found " + DataLines.found(columns));
        }
        String id = VisibleText.name(columns[ID]);
        if (RANGE_OR_EMPTY_NODE.matcher(id).matches()) {
            return;
        }
        if (!WORD.matcher(id).matches()) {
            throw lines.problem("the first column must be a word's number, a range such as 1-2 or an empty node's"
                    + " such as 1.1, found " + VisibleText.quoted(columns[ID]));
        }
        if (VisibleText.isNothing(columns[FORM])) {
            throw lines.problem(
                    "the form is empty or invisible, a word is required, found " + VisibleText.quoted(columns[FORM]));
        }
        String tag = VisibleText.name(columns[UPOS]);
        if (tag.isEmpty()) {
            throw lines.problem("UPOS, the fourth column, must be a tag or _ where there is none, found "
                    + VisibleText.quoted(columns[UPOS]));
        }
        words.add(columns[FORM]);
        tags.add(tag);
    }

    private static void flush(List<String> words, List<String> tags, List<TaggedSentence> sentences) {
        if (!words.isEmpty()) {
            sentences.add(new TaggedSentence(words, tags));
            words.clear();
            tags.clear();
        }
    }
}
