package dev.lexstream.torchscript;

import java.util.List;

/** Checks of hyper-parameters that collect what is wrong. */
final class Hyperparameters {

    private Hyperparameters() {}

    static void positive(List<String> problems, String name, int value) {
        if (value < 1) {
            problems.add(name + " must be at least 1, found " + value);
        }
    }

    static void probability(List<String> problems, String name, double value) {
        if (!(value >= 0 && value < 1)) {
            problems.add(name + " must be in [0, 1), found " + value);
        }
    }

    /** @throws IllegalArgumentException naming all problems, when there are any */
    static void refuse(String architecture, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(architecture + ": " + String.join("; ", problems));
        }
    }
}
