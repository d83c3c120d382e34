package dev.lexstream.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with its gold class.
 *
 * @param label the class
 * @param text with a visible character
 */
public record LabelledText(String label, String text) {

    private static final int COLUMNS = 2;

    /**
     * Reads lines of {@code label<TAB>text}, plain or gzipped. Blank lines are left out; invisible characters of a label
     * are no part of it.
     *
     * @throws DataException naming the line that has not two columns with visible characters, or when there is none
     */
    public static List<LabelledText> read(Path file) throws IOException, TrainingException {
        List<LabelledText> texts = new ArrayList<>();
        try (DataLines lines = DataLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!DataLines.isBlank(line)) {
                    texts.add(parse(lines, line));
                }
            }
        }
        if (texts.isEmpty()) {
            throw new DataException(file, 0, "lines of label and text are required, no labelled texts found");
        }
        return texts;
    }

    private static LabelledText parse(DataLines lines, String line) throws DataException {
        String[] columns = DataLines.columns(line);
        if (columns.length != COLUMNS) {
            throw lines.problem(
                    "two columns separated by a tab are required, label and text, found " + DataLines.found(columns));
        }
        String label = VisibleText.name(columns[0]);
        if (label.isEmpty()) {
            throw lines.problem("a label with visible characters is required, found " + VisibleText.quoted(columns[0]));
        }
        if (!VisibleText.isPresent(columns[1])) {
            throw lines.problem("a text with visible characters is required, found none");
        }
        return new LabelledText(label, columns[1].strip());
    }
}
