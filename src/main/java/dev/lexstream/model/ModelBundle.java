package dev.lexstream.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lexstream.torchscript.Safetensors;
import dev.lexstream.torchscript.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

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

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * Opens a bundle and verifies the SHA-256 of each of its files.
     *
     * @throws BundleException when the folder or its manifest is missing or malformed, or files are missing or altered
     */
    public static ModelBundle open(Path folder) throws BundleException {
        Path file = folder.resolve(MANIFEST);
        if (!Files.isDirectory(folder)) {
            throw new BundleException(folder, List.of("there is no such folder"));
        }
        if (!Files.isRegularFile(file)) {
            throw new BundleException(folder, List.of("it has no " + MANIFEST));
        }
        try {
            ModelManifest manifest = JSON.readValue(file.toFile(), ModelManifest.class);
            List<String> problems = problems(folder, manifest);
            if (!problems.isEmpty()) {
                throw new BundleException(folder, problems);
            }
            return new ModelBundle(folder, manifest);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new BundleException(folder, List.of(MANIFEST + line + ": " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new BundleException(folder, List.of(MANIFEST + " cannot be read: " + e.getMessage()));
        }
    }

    private static List<String> problems(Path folder, ModelManifest manifest) throws IOException {
        List<String> problems = new ArrayList<>();
        if (!manifest.files().containsKey(WEIGHTS)) {
            problems.add(MANIFEST + " names no " + WEIGHTS);
        }
        for (Entry<String, String> entry : manifest.files().entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (!Files.isRegularFile(file)) {
                problems.add("file " + entry.getKey() + " is missing");
            } else if (!Checksum.sha256(file).equals(entry.getValue())) {
                problems.add("file " + entry.getKey() + " was altered: its SHA-256 is " + Checksum.sha256(file) + ", "
                        + MANIFEST + " says " + entry.getValue());
            }
        }
        return problems;
    }

    /** The path of one of the bundle's files. */
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
            Map<String, Tensor> weights = Safetensors.read(file(WEIGHTS));
            manifest.architecture().check(weights);
            return weights;
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleException(folder, List.of(String.valueOf(e.getMessage())), e);
        }
    }
}
