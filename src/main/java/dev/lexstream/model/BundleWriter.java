package dev.lexstream.model;

import dev.lexstream.torchscript.Safetensors;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes model bundles: aside first, then renamed into place, so that there is never half a bundle. */
public final class BundleWriter {

    /** The name of the model card in every bundle. */
    private static final String CARD = "README.md";

    private BundleWriter() {}

    /** Writes one file of a bundle. */
    @FunctionalInterface
    public interface FileWriter {
        void write(Path file) throws IOException;
    }

    /**
     * Writes a bundle, replacing an older one in the same folder.
     *
     * @param manifest its {@code files} are filled in here
     * @param weights one for each parameter of the architecture
     * @param files the other files by name, such as vocabularies
     * @throws IOException when it cannot be written; the folder is then as it was
     */
    public static ModelBundle write(
            Path folder, ModelManifest manifest, Map<String, Tensor> weights, Map<String, FileWriter> files)
            throws IOException {
        manifest.architecture().check(weights);
        Path target = folder.toAbsolutePath().normalize();
        checkReplaceable(target);
        Files.createDirectories(target.getParent());
        Path aside = Files.createTempDirectory(target.getParent(), "." + target.getFileName() + "-");
        try {
            Map<String, FileWriter> all = new TreeMap<>(files);
            all.put(ModelBundle.WEIGHTS, file -> Safetensors.write(file, weights, Map.of("format", "pt")));
            all.put(CARD, file -> Files.writeString(file, ModelCard.of(manifest)));
            Map<String, String> checksums = new TreeMap<>();
            for (Map.Entry<String, FileWriter> entry : all.entrySet()) {
                Path file = aside.resolve(entry.getKey());
                entry.getValue().write(file);
                checksums.put(entry.getKey(), Checksum.sha256(file));
            }
            ModelManifest complete = manifest.withFiles(checksums);
            String json = ModelBundle.JSON.writeValueAsString(complete);
            Files.writeString(aside.resolve(ModelBundle.MANIFEST), json + "\n");
            replace(aside, target);
            return new ModelBundle(folder, complete);
        } finally {
            delete(aside);
        }
    }

    /**
     * Adds a file to a bundle or replaces it, together with its checksum.
     *
     * @throws IOException when it cannot be written; a bundle with half of the change is refused when it is opened
     */
    public static ModelBundle add(ModelBundle bundle, String name, FileWriter writer) throws IOException {
        writer.write(bundle.file(name));
        Map<String, String> checksums = new TreeMap<>(bundle.manifest().files());
        checksums.put(name, Checksum.sha256(bundle.file(name)));
        ModelManifest complete = bundle.manifest().withFiles(checksums);
        Path aside = bundle.file(ModelBundle.MANIFEST + ".new");
        Files.writeString(aside, ModelBundle.JSON.writeValueAsString(complete) + "\n");
        Files.move(aside, bundle.file(ModelBundle.MANIFEST), StandardCopyOption.ATOMIC_MOVE);
        return new ModelBundle(bundle.folder(), complete);
    }

    /**
     * Checks that a bundle may be written to a folder: before hours of training, not after.
     *
     * @throws IOException when something is there that is neither a bundle nor an empty folder
     */
    public static void checkReplaceable(Path folder) throws IOException {
        boolean bundle = Files.exists(folder.resolve(ModelBundle.MANIFEST));
        if (Files.exists(folder) && !bundle && !(Files.isDirectory(folder) && isEmpty(folder))) {
            throw new IOException(folder + " exists and is not a model bundle; it is left as it is");
        }
    }

    private static void replace(Path aside, Path target) throws IOException {
        aside.toFile().setReadable(true, false);
        aside.toFile().setExecutable(true, false);
        Path old = aside.resolveSibling(aside.getFileName() + ".old");
        boolean replaces = Files.exists(target);
        if (replaces) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaces) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        delete(old);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
