package dev.lexstream.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many records a second are sent.
 *
 * @param value records a second, or a share of the pipeline's measured maximum; above 0
 * @param share whether it is a share, which is then at most 1
 */
public record Rate(double value, boolean share) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(%?)");

    public Rate {
        if (!(value > 0)) {
            throw new IllegalArgumentException("a rate must be above 0, found " + value);
        }
        if (share && value > 1) {
            throw new IllegalArgumentException(
                    "a share of the maximum must be at most 100%, found " + 100 * value + "%");
        }
    }

    /**
     * Parses {@code 500}, {@code 80%} or {@code half}.
     *
     * @throws IllegalArgumentException saying what was found and what is allowed
     */
    public static Rate parse(String text) {
        if (text.strip().equals("half")) {
            return new Rate(0.5, true);
        }
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("found '" + text
                    + "'; allowed are records a second such as 500, a share of the maximum such as 80%, and half");
        }
        double value = Double.parseDouble(matcher.group(1));
        return matcher.group(2).isEmpty() ? new Rate(value, false) : new Rate(value / 100, true);
    }

    /** Records a second, given the maximum. */
    double of(double maximum) {
        return share ? value * maximum : value;
    }
}
