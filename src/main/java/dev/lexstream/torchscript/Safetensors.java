package dev.lexstream.torchscript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Reader and writer of <a href="https://huggingface.co/docs/safetensors">safetensors</a> files: an 8-byte length, a JSON
 * header with type, shape and place of each tensor, then the raw elements.
 */
public final class Safetensors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;
    private static final long LONGEST_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";

    private Safetensors() {}

    /**
     * Maps a file into memory.
     *
     * @return the tensors by name, in the order of the file's header
     * @throws IOException when the file cannot be read or is not a safetensors file; the message says what was found
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        ByteBuffer bytes = map(file);
        JsonNode header = header(file, bytes);
        return tensors(file, header, bytes.slice());
    }

    /** The free text in a file's header, empty when there is none. Fails as {@link #read} does. */
    public static Map<String, String> metadata(Path file) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Entry<String, JsonNode> entry :
                header(file, map(file)).path(METADATA).properties()) {
            metadata.put(entry.getKey(), entry.getValue().asText());
        }
        return metadata;
    }

    private static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Long.BYTES || size > Integer.MAX_VALUE) {
                throw new IOException(file + ": not a safetensors file of 8 bytes to 2 GiB, found " + size + " bytes");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Reads the header; the position is then at the data. */
    private static JsonNode header(Path file, ByteBuffer bytes) throws IOException {
        long longest = Math.min(LONGEST_HEADER, bytes.remaining() - Long.BYTES);
        long length = bytes.getLong();
        if (length < 2 || length > longest) {
            throw new IOException(file + ": header length must be 2 to " + longest + " bytes, found " + length);
        }
        byte[] header = new byte[(int) length];
        bytes.get(header);
        try {
            return JSON.readTree(header);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": the header is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IOException(file + ": the header cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, Tensor> tensors(Path file, JsonNode root, ByteBuffer data) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals(METADATA)) {
                tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), data));
            }
        }
        return tensors;
    }

    private static Tensor tensor(Path file, String name, JsonNode entry, ByteBuffer data) throws IOException {
        String typeName = entry.path("dtype").asText();
        ElementType type = Arrays.stream(ElementType.values())
                .filter(candidate -> candidate.safetensorsName().equals(typeName))
                .findFirst()
                .orElseThrow(() -> new IOException(file + ": tensor '" + name + "' has type '" + typeName
                        + "'; supported are F32, F16, BF16 and I64"));
        List<Long> shape = JSON.convertValue(entry.path("shape"), new TypeReference<List<Long>>() {});
        long begin = entry.path("data_offsets").path(0).asLong(-1);
        long end = entry.path("data_offsets").path(1).asLong(-1);
        if (shape == null || begin < 0 || end < begin || end > data.limit()) {
            throw new IOException(file + ": tensor '" + name + "' must lie within " + data.limit()
                    + " bytes of data, found " + entry + "; the file may be cut off");
        }
        try {
            return new Tensor(type, shape, data.slice((int) begin, (int) (end - begin)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": tensor '" + name + "': " + e.getMessage(), e);
        }
    }

    /**
     * Writes a file, replacing what is there.
     *
     * @param tensors by name, written in iteration order
     * @param metadata free text for the header, may be empty
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            header.set(METADATA, JSON.valueToTree(metadata));
        }
        long offset = 0;
        for (Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = offset + tensor.data().remaining();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", tensor.type().safetensorsName());
            node.set("shape", JSON.valueToTree(tensor.shape()));
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json);
        head.put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII))
                .flip();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, head);
            for (Tensor tensor : tensors.values()) {
                writeFully(channel, tensor.data());
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
