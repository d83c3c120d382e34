package dev.lexstream.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as the command line has them: {@code 5ms}, {@code 0.1ms}, {@code 60m}. */
public final class Times {

    /** For messages. */
    public static final String UNITS = "us, ms, s, m or h";

    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(us|ms|s|m|h)");
    private static final Map<String, Double> NANOS = Map.of("us", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    private Times() {}

    /** A time, not negative; empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double nanos = Double.parseDouble(matcher.group(1)) * NANOS.get(matcher.group(2));
        return nanos > Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofNanos(Math.round(nanos)));
    }
}
