package dev.lexstream.torchscript;

import java.util.List;

/** Checks of hyper-parameters that collect what is wrong. */
final class Hyperparameters {

    /** No size of a network is larger, so that a few of them can be added and multiplied as an int. */
    static final int LARGEST = 1 << 24;

    private Hyperparameters() {}

    static void positive(List<String> problems, String name, int value) {
        if (value < 1) {
            problems.add(name + " must be at least 1, found " + value);
        } else if (value > LARGEST) {
            problems.add(name + " must be at most " + LARGEST + ", found " + value);
        }
    }

    /** A size that is computed from two, each of which is positive. */
    static void product(List<String> problems, String name, int left, int right) {
        if (left > 0 && right > LARGEST / left) {
            problems.add(name + " must be at most " + LARGEST + ", found " + left + " times " + right);
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
