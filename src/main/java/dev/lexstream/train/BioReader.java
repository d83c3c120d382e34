package dev.lexstream.train;

import dev.lexstream.nlp.TagScheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads tokens with the tags of spans, {@code token<TAB>tag}, a blank line between sentences, plain or gzipped. A tag is
 * {@code O}, {@code B-LABEL} or {@code I-LABEL}. An {@code I-} that continues no span of its label begins one, so it is
 * read as {@code B-}: the older IOB files are written so, and CoNLL's evaluation counts so.
 */
public final class BioReader {

    static final int COLUMNS = 2;

    private static final Pattern TAG = Pattern.compile("O|[BI]-\\S+");

    private BioReader() {}

    /**
     * Reads all sentences.
     *
     * @throws TrainingException when a line has not two columns, an empty token or a tag of another form, or the file has
     *     no sentence
     */
    public static List<TaggedSentence> read(Path file) throws IOException, TrainingException {
        List<TaggedSentence> sentences = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        try (BufferedReader reader = DataFile.open(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank() && !line.contains("\t")) {
                    flush(tokens, tags, sentences);
                } else {
                    token(file + " line " + number, line, tokens, tags);
                }
            }
        }
        flush(tokens, tags, sentences);
        if (sentences.isEmpty()) {
            throw new TrainingException(file + ": no sentences found");
        }
        return sentences;
    }

    private static void token(String where, String line, List<String> tokens, List<String> tags)
            throws TrainingException {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new TrainingException(
                    where + ": " + COLUMNS + " columns separated by a tab are required, found " + columns.length);
        }
        if (columns[0].isBlank()) {
            throw new TrainingException(where + ": the token is empty");
        }
        if (!TAG.matcher(columns[1]).matches()) {
            throw new TrainingException(where + ": a tag must be O, B-LABEL or I-LABEL, found '" + columns[1] + "'");
        }
        String before = tags.isEmpty() ? TagScheme.OUTSIDE : tags.get(tags.size() - 1);
        boolean continued = TagScheme.continues(columns[1])
                && TagScheme.goesOn(before)
                && columns[1].substring(2).equals(before.substring(2));
        tokens.add(columns[0]);
        tags.add(TagScheme.continues(columns[1]) && !continued ? "B-" + columns[1].substring(2) : columns[1]);
    }

    private static void flush(List<String> tokens, List<String> tags, List<TaggedSentence> sentences) {
        if (!tokens.isEmpty()) {
            sentences.add(new TaggedSentence(tokens, tags));
            tokens.clear();
            tags.clear();
        }
    }
}
