package org.citustenancy.spring.internal.diagnostics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citustenancy.spring.properties.CitusTenancyProperties;

/** Replaces method names in the core's messages by the corresponding properties. */
final class PropertyWords {

    private final Map<String, String> words = new LinkedHashMap<>();

    PropertyWords() {
        words.put("connect with requireCitus(false)", "set " + property("cluster.require-citus") + "=false");
        words.put("connect with requireCapacity(false)", "set " + property("cluster.require-capacity") + "=false");
        words.put(", or call withUser(name) to have one generated", "");
    }

    /** Creates the replacements for one project. */
    PropertyWords(String project) {
        this();
        words.put("call adoptExisting()", "set " + property("projects." + project + ".adopt-existing") + "=true");
    }

    String in(String action) {
        String said = action;
        for (var word : words.entrySet()) {
            said = said.replace(word.getKey(), word.getValue());
        }
        return said;
    }

    private static String property(String name) {
        return CitusTenancyProperties.PREFIX + "." + name;
    }
}
