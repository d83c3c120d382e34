package dev.lexstream.model;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The files of a bundle's folder, which may be of foreign make: a name never leads out of the folder, and only regular
 * files of a bounded size are ever opened. The folder itself may be a symbolic link, and a file may be one to another file
 * in the folder, as mounted volumes have them.
 */
final class BundleFiles {

    /** Larger than any manifest. */
    static final long LARGEST_MANIFEST = 4L << 20;
    /** Larger than any vocabulary or sample: JSON is read as a whole. */
    static final long LARGEST_JSON = 64L << 20;

    private static final int LONGEST_NAME = 255;
    private static final int MOST_FILES = 1_000;

    private final Path folder;

    BundleFiles(Path folder) {
        this.folder = folder;
    }

    /** What is wrong with the names that a manifest gives; empty when nothing is. Looks at no file. */
    static List<String> nameProblems(Set<String> names) {
        List<String> problems = new ArrayList<>();
        if (names.size() > MOST_FILES) {
            problems.add("files must be at most " + MOST_FILES + ", found " + names.size());
            return problems;
        }
        Map<String, String> folded = new HashMap<>();
        folded.put(fold(ModelBundle.MANIFEST), ModelBundle.MANIFEST);
        for (String name : names) {
            String other = folded.put(fold(name), name);
            if (!plain(name)) {
                problems.add("files: '" + name + "' is no name of a file in the bundle's folder");
            } else if (other != null) {
                problems.add("files: '" + name + "' and '" + other + "' are the same file on some file systems");
            }
        }
        return problems;
    }

    /** How file systems compare names that do not tell upper from lower case. */
    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Parts between slashes that mean the same everywhere; a colon names drives and streams, a backslash folders. */
    private static boolean plain(String name) {
        if (name.length() > LONGEST_NAME
                || name.chars().anyMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c))) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isBlank() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /**
     * A file that may be read.
     *
     * @param name of it, plain
     * @return its path without symbolic links
     * @throws IOException when it is not there, not a regular file, not in the folder or too large: says which, and what is
     *     allowed
     */
    Path regular(String name) throws IOException {
        Path real;
        try {
            Path root = folder.toRealPath();
            real = root.resolve(name).toRealPath();
            if (!real.startsWith(root)) {
                throw new IOException("file " + name + " is a link that leaves the folder");
            }
        } catch (NoSuchFileException e) {
            throw new IOException("file " + name + " is missing", e);
        } catch (FileSystemException e) {
            throw new IOException("file " + name + " cannot be reached: " + reason(e), e);
        } catch (InvalidPathException e) {
            throw new IOException("file " + name + " cannot be named on this machine: " + e.getReason(), e);
        }
        if (!Files.isRegularFile(real)) {
            throw new IOException("file " + name + " is no regular file");
        }
        long size = Files.size(real);
        long largest = largest(name);
        if (size > largest) {
            throw new IOException("file " + name + " must be at most " + largest + " bytes, found " + size + " bytes");
        }
        return real;
    }

    private static long largest(String name) {
        if (name.equals(ModelBundle.MANIFEST)) {
            return LARGEST_MANIFEST;
        }
        return name.toLowerCase(Locale.ROOT).endsWith(".json") ? LARGEST_JSON : Long.MAX_VALUE;
    }

    private static String reason(FileSystemException failure) {
        return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
    }
}
