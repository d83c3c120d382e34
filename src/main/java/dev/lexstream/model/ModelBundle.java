package dev.lexstream.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lexstream.torchscript.Safetensors;
import dev.lexstream.torchscript.SafetensorsHeader;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder with a trained model: {@code model.json}, {@code model.safetensors}, vocabularies and a model card.
 *
 * @param folder where it is
 * @param manifest its {@code model.json}, checked against the files
 */
public record ModelBundle(Path folder, ModelManifest manifest) {

    /** The name of the manifest in every bundle. */
    public static final String MANIFEST = "model.json";
    /** The name of the weights in every bundle. */
    public static final String WEIGHTS = "model.safetensors";

    /** Deeper than any manifest. */
    private static final int DEEPEST = 32;

    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Opens a bundle and verifies the SHA-256 of each of its files. What is cheap to look at comes first: names and kinds
     * of the files, then the header of the weights against the architecture; only then are whole files read.
     *
     * @throws BundleException when the folder or its manifest is missing or malformed, a file is missing, altered, no
     *     regular file or outside the folder, or the weights are not those of the architecture
     */
    public static ModelBundle open(Path folder) throws BundleException {
        ModelManifest manifest = readManifest(folder);
        BundleFiles files = new BundleFiles(folder);
        refuse(folder, nameProblems(manifest));
        Map<String, Path> regular = new TreeMap<>();
        List<Problem> problems = fileProblems(files, manifest, regular);
        refuse(folder, weightProblems(regular, manifest));
        problems.addAll(checksumProblems(regular, manifest));
        refuse(folder, problems);
        return new ModelBundle(folder, manifest);
    }

    /**
     * The manifest of a bundle whose files are not looked at: for what can be known of it all the same.
     *
     * @throws BundleException when the folder or its manifest is missing or malformed
     */
    public static ModelManifest readManifest(Path folder) throws BundleException {
        if (!Files.isDirectory(folder)) {
            throw new BundleException(folder, List.of("there is no such folder"));
        }
        if (!Files.exists(folder.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException(folder, List.of("it has no " + MANIFEST));
        }
        return manifest(folder, new BundleFiles(folder));
    }

    private static void refuse(Path folder, List<Problem> problems) throws BundleException {
        if (!problems.isEmpty()) {
            throw new BundleException(
                    folder,
                    problems.stream().map(Problem::text).toList(),
                    problems.get(0).cause());
        }
    }

    private record Problem(String text, Exception cause) {

        static Problem of(Exception cause) {
            return new Problem(String.valueOf(cause.getMessage()), cause);
        }
    }

    private static ModelManifest manifest(Path folder, BundleFiles files) throws BundleException {
        try {
            ModelManifest manifest = JSON.readValue(Files.readAllBytes(files.regular(MANIFEST)), ModelManifest.class);
            if (manifest == null) {
                throw new BundleException(folder, List.of(MANIFEST + " must be a JSON object, found null"));
            }
            return manifest;
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new BundleException(folder, List.of(MANIFEST + line + ": " + e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new BundleException(folder, List.of(MANIFEST + " cannot be read: " + e.getMessage()), e);
        }
    }

    private static List<Problem> nameProblems(ModelManifest manifest) {
        List<Problem> problems = new ArrayList<>();
        for (String problem : BundleFiles.nameProblems(manifest.files().keySet())) {
            problems.add(new Problem(MANIFEST + " " + problem, null));
        }
        if (!manifest.files().containsKey(WEIGHTS)) {
            problems.add(new Problem(MANIFEST + " names no " + WEIGHTS, null));
        }
        return problems;
    }

    private static List<Problem> fileProblems(BundleFiles files, ModelManifest manifest, Map<String, Path> regular) {
        List<Problem> problems = new ArrayList<>();
        for (String name : manifest.files().keySet()) {
            try {
                regular.put(name, files.regular(name));
            } catch (IOException e) {
                problems.add(Problem.of(e));
            }
        }
        return problems;
    }

    private static List<Problem> weightProblems(Map<String, Path> regular, ModelManifest manifest) {
        if (!regular.containsKey(WEIGHTS)) {
            return List.of();
        }
        try {
            SafetensorsHeader header = Safetensors.header(regular.get(WEIGHTS));
            Map<String, List<Long>> shapes = new LinkedHashMap<>();
            header.entries().forEach((name, place) -> shapes.put(name, place.shape()));
            manifest.architecture().checkShapes(shapes);
            return header.integers().stream()
                    .map(name -> new Problem("weights must be floating-point, '" + name + "' has whole numbers", null))
                    .toList();
        } catch (IOException | IllegalArgumentException e) {
            return List.of(Problem.of(e));
        }
    }

    private static List<Problem> checksumProblems(Map<String, Path> regular, ModelManifest manifest) {
        List<Problem> problems = new ArrayList<>();
        regular.forEach((name, file) -> {
            String expected = manifest.files().get(name);
            try {
                String found = Checksum.sha256(file);
                if (!found.equals(expected)) {
                    problems.add(new Problem(
                            "file " + name + " was altered: its SHA-256 is " + found + ", " + MANIFEST + " says "
                                    + expected,
                            null));
                }
            } catch (IOException e) {
                problems.add(new Problem("file " + name + " cannot be read: " + e.getMessage(), e));
            }
        });
        return problems;
    }

    /**
     * A file to be read: one that the manifest names, so that its checksum was verified.
     *
     * @return its path without symbolic links
     * @throws BundleException when it is none of the bundle's files
     */
    public Path verified(String name) throws BundleException {
        if (!manifest.files().containsKey(name)) {
            throw new BundleException(folder, List.of(MANIFEST + " names no " + name));
        }
        try {
            return new BundleFiles(folder).regular(name);
        } catch (IOException e) {
            throw new BundleException(folder, List.of(String.valueOf(e.getMessage())), e);
        }
    }

    /** The path to write one of the bundle's files to. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * The weights, mapped into memory and checked against the architecture.
     *
     * @throws BundleException when they do not fit, naming all that do not
     */
    public Map<String, Tensor> weights() throws BundleException {
        try {
            Map<String, Tensor> weights = Safetensors.read(verified(WEIGHTS));
            manifest.architecture().check(weights);
            return weights;
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleException(folder, List.of(String.valueOf(e.getMessage())), e);
        }
    }
}
