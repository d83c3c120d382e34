package dev.lexstream.train;

import java.io.BufferedReader;
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
     * The texts that are not blank.
     *
     * @throws TrainingException when a line does not have the column, or there is no text at all
     */
    public List<String> read() throws IOException, TrainingException {
        List<String> texts = new ArrayList<>();
        try (BufferedReader reader = DataFile.open(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = line.isBlank() || column == 0 ? line : column(line, number);
                if (!text.isBlank()) {
                    texts.add(text.strip());
                }
            }
        }
        if (texts.isEmpty()) {
            throw new TrainingException(file + ": no text found");
        }
        return texts;
    }

    private String column(String line, int number) throws TrainingException {
        String[] columns = line.split("\t", -1);
        if (columns.length < column) {
            throw new TrainingException(file + " line " + number + ": column " + column
                    + " was asked for, the line has " + columns.length + " separated by tabs");
        }
        return columns[column - 1];
    }
}
