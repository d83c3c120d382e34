package dev.lexstream.registry;

/**
 * A value in two parts: what comes before a last field, and that field where the value has it already. Nobody may change the bytes.
 *
 * @param record full name of the record at the top
 * @param bytes both parts, one after the other, up to the end of the array
 * @param from where the first begins
 * @param to where the first ends and the second begins
 * @param held whether the second is there
 */
public record SplitValue(String record, byte[] bytes, int from, int to, boolean held) {

    /**
     * The first part with another last field, in the wire format.
     *
     * @param schemaId the schema that the whole is written with
     * @param field bytes of the field
     */
    public byte[] with(int schemaId, byte[] field) {
        var length = to - from;
        var whole = new byte[WireFormat.HEADER_BYTES + length + field.length];
        System.arraycopy(WireFormat.header(schemaId), 0, whole, 0, WireFormat.HEADER_BYTES);
        System.arraycopy(bytes, from, whole, WireFormat.HEADER_BYTES, length);
        System.arraycopy(field, 0, whole, WireFormat.HEADER_BYTES + length, field.length);
        return whole;
    }
}
