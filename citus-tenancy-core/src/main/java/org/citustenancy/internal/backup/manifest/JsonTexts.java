package org.citustenancy.internal.backup.manifest;

import java.util.List;
import java.util.Map;
import org.jooq.tools.json.JSONParser;
import org.jooq.tools.json.ParseException;

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
            return new JsonNode("answer", Map.of(LIST, new JSONParser().parse(json))).texts(LIST);
        } catch (ParseException failure) {
            throw new IllegalStateException("The server gave no JSON: " + json, failure);
        }
    }
}
