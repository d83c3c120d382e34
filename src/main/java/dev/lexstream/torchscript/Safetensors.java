package dev.lexstream.torchscript;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Reader and writer of <a href="https://huggingface.co/docs/safetensors">safetensors</a> files: an 8-byte length, a JSON
 * header with type, shape and place of each tensor, then the raw elements.
 */
public final class Safetensors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;
    /** Of a network of 50,000 tensors with long names; the format's own limit of 100 MB would have to be read first. */
    private static final long LONGEST_HEADER = 8L << 20;

    private static final String METADATA = "__metadata__";

    private Safetensors() {}

    /**
     * Maps a file into memory.
     *
     * @return the tensors by name, in the order of the file's header
     * @throws IOException when the file cannot be read or is not a safetensors file; the message says what was found
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            SafetensorsHeader header = header(file, channel);
            long begin = channel.position();
            ByteBuffer data = channel.map(FileChannel.MapMode.READ_ONLY, begin, channel.size() - begin);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            header.entries().forEach((name, place) -> {
                ByteBuffer bytes = data.slice((int) place.begin(), (int) (place.end() - place.begin()));
                tensors.put(name, new Tensor(place.type(), place.shape(), bytes));
            });
            return tensors;
        }
    }

    /** What a file says of its tensors, checked; no tensor is read. Fails as {@link #read} does. */
    public static SafetensorsHeader header(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            return header(file, channel);
        }
    }

    /** The free text in a file's header, empty when there is none. Fails as {@link #read} does. */
    public static Map<String, String> metadata(Path file) throws IOException {
        return header(file).metadata();
    }

    /** Opening a pipe would wait for somebody to write. */
    private static FileChannel open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file");
        }
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** Reads the header; the position is then at the data. */
    private static SafetensorsHeader header(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES || size > Integer.MAX_VALUE) {
            throw new IOException(file + ": not a safetensors file of 8 bytes to 2 GiB, found " + size + " bytes");
        }
        long longest = Math.min(LONGEST_HEADER, size - Long.BYTES);
        long length = readFully(file, channel, Long.BYTES).getLong();
        if (length < 2 || length > longest) {
            throw new IOException(file + ": header length must be 2 to " + longest + " bytes, found " + length);
        }
        byte[] json = readFully(file, channel, (int) length).array();
        try {
            return SafetensorsHeader.parse(json, size - channel.position());
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static ByteBuffer readFully(Path file, FileChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException(file + " became shorter while it was read");
            }
        }
        return bytes.flip();
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
