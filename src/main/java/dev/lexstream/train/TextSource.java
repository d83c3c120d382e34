package dev.lexstream.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Unlabelled text to learn from: the lines of a file, plain or gzipped, or one column of them.
 *
 * @param file to read
 * @param column from 1, of lines separated by tabs; 0 for whole lines
 */
public record TextSource(Path file, int column) {

    private static final Pattern WITH_COLUMN = Pattern.compile("(.+):(\\d{1,4})");

    public TextSource {
        if (column < 0) {
            throw new IllegalArgumentException("column must not be negative, found " + column);
        }
    }

    /** Parses {@code FILE} or {@code FILE:COLUMN}. */
    public static TextSource parse(String argument) {
        Matcher matcher = WITH_COLUMN.matcher(argument);
        return matcher.matches()
                ? new TextSource(Path.of(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new TextSource(Path.of(argument), 0);
    }

    /**
     * The texts that have a visible character; other lines are left out.
     *
     * @throws DataException when a line does not have the column, or there is no text at all
     */
    public List<String> read() throws IOException, TrainingException {
        List<String> texts = new ArrayList<>();
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String text = column == 0 || DataLines.isBlank(line) ? line : column(lines, line);
                if (VisibleText.isPresent(text)) {
                    texts.add(text.strip());
                }
            }
        }
        if (texts.isEmpty()) {
            throw new DataException(file, 0, "lines with visible characters are required, no text found");
        }
        return texts;
    }

    private String column(DataLines lines, String line) throws DataException {
        String[] columns = DataLines.columns(line);
        if (columns.length < column) {
            throw lines.problem("column " + column + " was asked for, the line has " + DataLines.found(columns)
                    + " separated by tabs");
        }
        return columns[column - 1];
    }
}
