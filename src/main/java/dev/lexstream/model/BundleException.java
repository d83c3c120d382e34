package dev.lexstream.model;

import dev.lexstream.failure.Classified;
import dev.lexstream.failure.Reason;
import java.nio.file.Path;
import java.util.List;

/** A model bundle cannot be used as it is. The message names the folder and everything wrong with it. */
public final class BundleException extends Exception implements Classified {

    private static final long serialVersionUID = 1L;

    public BundleException(Path folder, List<String> problems) {
        this(folder, problems, null);
    }

    public BundleException(Path folder, List<String> problems, Throwable cause) {
        super("model bundle " + folder + ": " + String.join("; ", problems), cause);
    }

    @Override
    public Reason reason() {
        return Reason.MODEL;
    }
}
