package dev.lexstream.plan.condition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;

/** The type of an attribute that a pipeline declares. */
public enum AttributeType {
    /** A text. */
    STRING(SimpleType.STRING),
    /** A number without a fraction, of 64 bits. */
    INT(SimpleType.INT),
    /** Any number. */
    DOUBLE(SimpleType.DOUBLE),
    /** True or false. */
    BOOL(SimpleType.BOOL);

    private final CelType type;

    AttributeType(CelType type) {
        this.type = type;
    }

    CelType type() {
        return type;
    }
}
