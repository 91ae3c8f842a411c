package org.citustenancy.internal.backup.format;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;

/** Lists of texts that servers give as JSON. */
public final class JsonTexts {

    private JsonTexts() {}

    /**
     * Reads a list.
     *
     * @param json a JSON array of strings
     */
    public static List<String> read(String json) {
        try {
            return JSON.std.listOfFrom(String.class, json);
        } catch (IOException failure) {
            throw new IllegalStateException("The server gave no JSON: " + json, failure);
        }
    }
}
