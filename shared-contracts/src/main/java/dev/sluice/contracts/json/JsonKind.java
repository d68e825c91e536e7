package dev.sluice.contracts.json;

/// Kinds of JSON values; a set of them is their sum.
public final class JsonKind {

    public static final int NULL = 1;
    public static final int TRUE = 2;
    public static final int FALSE = 4;
    /// A number without a fraction or a power of ten.
    public static final int INTEGER = 8;
    /// Any other number.
    public static final int FRACTION = 16;
    public static final int TEXT = 32;
    public static final int OBJECT = 64;
    public static final int LIST = 128;
    public static final int ALL = 255;

    private JsonKind() {}
}
