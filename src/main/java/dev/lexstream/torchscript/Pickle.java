package dev.lexstream.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the part of Python's pickle protocol 2 that TorchScript archives use.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">pickletools, the opcodes</a>
 */
final class Pickle {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
        out.write(0x80);
        out.write(2);
    }

    byte[] stop() {
        out.write('.');
        return out.toByteArray();
    }

    Pickle mark() {
        out.write('(');
        return this;
    }

    Pickle tuple() {
        out.write('t');
        return this;
    }

    Pickle emptyTuple() {
        out.write(')');
        return this;
    }

    Pickle emptyDict() {
        out.write('}');
        return this;
    }

    Pickle newObject() {
        out.write(0x81);
        return this;
    }

    Pickle setItems() {
        out.write('u');
        return this;
    }

    Pickle build() {
        out.write('b');
        return this;
    }

    Pickle reduce() {
        out.write('R');
        return this;
    }

    Pickle persistentId() {
        out.write('Q');
        return this;
    }

    Pickle global(String module, String name) {
        out.write('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Pickle string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(little(Integer.BYTES).putInt(utf8.length).array());
        out.writeBytes(utf8);
        return this;
    }

    Pickle number(double value) {
        out.write('G');
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
        return this;
    }

    Pickle integer(long value) {
        if (value == (int) value) {
            out.write('J');
            out.writeBytes(little(Integer.BYTES).putInt((int) value).array());
        } else {
            out.write(0x8a);
            out.write(Long.BYTES);
            out.writeBytes(little(Long.BYTES).putLong(value).array());
        }
        return this;
    }

    Pickle bool(boolean value) {
        out.write(value ? 0x88 : 0x89);
        return this;
    }

    Pickle none() {
        out.write('N');
        return this;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
