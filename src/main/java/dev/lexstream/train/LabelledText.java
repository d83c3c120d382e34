package dev.lexstream.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with its gold class.
 *
 * @param label the class
 * @param text not blank
 */
public record LabelledText(String label, String text) {

    private static final int COLUMNS = 2;

    /**
     * Reads lines of {@code label<TAB>text}, plain or gzipped. Blank lines are left out.
     *
     * @throws TrainingException when a line has not two columns or one of them is blank, or the file has no line
     */
    public static List<LabelledText> read(Path file) throws IOException, TrainingException {
        List<LabelledText> texts = new ArrayList<>();
        try (BufferedReader reader = DataFile.open(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    texts.add(parse(file, number, line));
                }
            }
        }
        if (texts.isEmpty()) {
            throw new TrainingException(file + ": no labelled texts found");
        }
        return texts;
    }

    private static LabelledText parse(Path file, int number, String line) throws TrainingException {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new TrainingException(file + " line " + number
                    + ": two columns separated by a tab are required, label and text, found " + columns.length);
        }
        if (columns[0].isBlank() || columns[1].isBlank()) {
            throw new TrainingException(
                    file + " line " + number + ": the " + (columns[0].isBlank() ? "label" : "text") + " is blank");
        }
        return new LabelledText(columns[0].strip(), columns[1].strip());
    }
}
