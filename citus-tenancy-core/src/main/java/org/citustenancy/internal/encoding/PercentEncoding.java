package org.citustenancy.internal.encoding;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Implements percent-encoding for the parts of a URI (RFC 3986), which both libpq and PostgreSQL JDBC decode. */
public final class PercentEncoding {

    private PercentEncoding() {}

    /** Encodes all characters except the unreserved ones. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
