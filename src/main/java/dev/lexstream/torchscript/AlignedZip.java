package dev.lexstream.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip whose entries are stored as they are and start at multiples of 64 bytes, so that they can be mapped. */
final class AlignedZip implements AutoCloseable {

    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    /** "FB", the extra field that PyTorch pads with. */
    private static final short PADDING_FIELD = 0x4246;

    private final ZipOutputStream zip;
    private final WritableByteChannel channel;
    private final String folder;
    private long offset;

    /** @param folder the name before the first slash of every entry */
    AlignedZip(OutputStream out, String folder) {
        this.zip = new ZipOutputStream(out);
        this.zip.setMethod(ZipOutputStream.STORED);
        this.channel = Channels.newChannel(zip);
        this.folder = folder;
    }

    void entry(String name, ByteBuffer content) throws IOException {
        String path = folder + "/" + name;
        CRC32 crc = new CRC32();
        crc.update(content.duplicate());
        ZipEntry entry = new ZipEntry(path);
        // a time after January 1980 needs no extra field, which would shift the content
        entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
        entry.setSize(content.remaining());
        entry.setCrc(crc.getValue());
        long begin = offset + LOCAL_HEADER + path.getBytes(StandardCharsets.UTF_8).length + EXTRA_HEADER;
        int padding = (int) ((ALIGNMENT - begin % ALIGNMENT) % ALIGNMENT);
        entry.setExtra(extra(padding));
        zip.putNextEntry(entry);
        offset = begin + padding + content.remaining();
        while (content.hasRemaining()) {
            channel.write(content);
        }
        zip.closeEntry();
    }

    private static byte[] extra(int padding) {
        return ByteBuffer.allocate(EXTRA_HEADER + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING_FIELD)
                .putShort((short) padding)
                .array();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
