package org.citustenancy.internal.backup.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JSON text as maps, lists and values. */
final class JsonTree {

    private JsonTree() {}

    /** The one value of a text; throws if it is no JSON, or goes on behind it. */
    static @Nullable Object parse(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            Object value = JSON.std.anyFrom(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is more behind its end");
            }
            return value;
        } catch (JsonProcessingException failure) {
            JsonLocation place = failure.getLocation();
            throw new IOException(
                    failure.getOriginalMessage()
                            + (place == null
                                    ? ""
                                    : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"),
                    failure);
        }
    }
}
