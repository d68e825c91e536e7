package dev.sluice.collector.ingress;

import com.github.luben.zstd.ZstdInputStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// How a body may be compressed; the names are those of RFC 9110, 8.4.1 and RFC 8878.
enum ContentCoding {
    IDENTITY("identity") {
        @Override
        InputStream decode(InputStream coded) {
            return coded;
        }
    },
    GZIP("gzip") {
        @Override
        InputStream decode(InputStream coded) throws IOException {
            return new GZIPInputStream(coded, BUFFER_BYTES);
        }
    },
    DEFLATE("deflate") {
        @Override
        InputStream decode(InputStream coded) {
            return new InflaterInputStream(coded);
        }
    },
    ZSTD("zstd") {
        @Override
        InputStream decode(InputStream coded) throws IOException {
            return new ZstdInputStream(coded).setLongMax(ZSTD_WINDOW_LOG);
        }
    };

    /// What `Accept-Encoding` of a refusal says.
    static final String ACCEPTED = "gzip, deflate, zstd, identity";

    private static final int BUFFER_BYTES = 8192;

    /// Windows up to 8 MiB, the most that RFC 9659 allows in HTTP: a frame may ask for more memory.
    private static final int ZSTD_WINDOW_LOG = 23;

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /// @param coded all of it, in memory
    abstract InputStream decode(InputStream coded) throws IOException;

    /// The coding of that `Content-Encoding`; empty if it is another one, or several.
    static Optional<ContentCoding> of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.of(IDENTITY);
        }
        String name = header.strip().toLowerCase(Locale.ROOT);
        String wanted = name.equals("x-gzip") ? "gzip" : name;
        return Arrays.stream(values()).filter(coding -> coding.token.equals(wanted)).findFirst();
    }
}
