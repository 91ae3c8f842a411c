package org.citustenancy.internal.backup.format;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** Lists of texts that servers give as JSON. */
public final class JsonTexts {

    private static final String LIST = "texts";

    private JsonTexts() {}

    /**
     * Reads a list.
     *
     * @param json a JSON array of strings
     * @return the strings
     */
    public static List<String> read(String json) {
        try {
            return new JsonNode("answer", Collections.singletonMap(LIST, JsonTree.parse(json))).texts(LIST);
        } catch (IOException failure) {
            throw new IllegalStateException("The server gave no JSON: " + json, failure);
        }
    }
}
