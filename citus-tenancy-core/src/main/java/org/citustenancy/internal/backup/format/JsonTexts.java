package org.citustenancy.internal.backup.format;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;

/** Parses lists of texts that servers return as JSON. */
public final class JsonTexts {

    private JsonTexts() {}

    /**
     * Parses a list.
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
