package org.citustenancy.documentation;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A fenced block of a document.
 *
 * @param document where it is
 * @param language the first word after the fence
 * @param name the second word, empty if there is none
 * @param text what it shows
 */
record FencedBlock(String document, String language, String name, String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^```([a-z]+)(?: ([a-z0-9-]+))?\\n(.*?)^```$");

    static List<FencedBlock> in(String document, String text) {
        return FENCE.matcher(text)
                .results()
                .map(found -> new FencedBlock(
                        document, found.group(1), found.group(2) == null ? "" : found.group(2), found.group(3)))
                .toList();
    }

    @Override
    public String toString() {
        return document + ", ```" + language + " " + name;
    }
}
