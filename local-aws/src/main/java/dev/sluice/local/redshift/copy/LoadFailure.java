package dev.sluice.local.redshift.copy;

/// Why a COPY could not load. Names the file and the column, never a value.
public final class LoadFailure extends Exception {

    private final String file;
    private final String column;

    /// @param file `s3://bucket/key`, or the prefix when no single object is at fault
    /// @param column the target column, empty when the whole file is at fault
    public LoadFailure(String file, String column, String reason) {
        super(reason);
        this.file = file;
        this.column = column;
    }

    public LoadFailure(String file, String column, String reason, Throwable cause) {
        super(reason, cause);
        this.file = file;
        this.column = column;
    }

    public String file() {
        return file;
    }

    public String column() {
        return column;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
