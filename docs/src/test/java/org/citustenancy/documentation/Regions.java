package org.citustenancy.documentation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The parts of the tests that documents show: what is between {@code // begin name} and {@code // end name}. */
final class Regions {

    private static final Pattern REGION = Pattern.compile("(?ms)^ *// begin ([a-z0-9-]+)\\n(.*?)\\n *// end \\1$");

    private Regions() {}

    /** By name; a name occurs once in all tests. */
    static Map<String, String> of(List<Path> sources) {
        Map<String, String> regions = new TreeMap<>();
        for (Path source : sources) {
            REGION.matcher(Documents.read(source)).results().forEach(found -> add(regions, source, found));
        }
        return regions;
    }

    private static void add(Map<String, String> regions, Path source, MatchResult found) {
        if (regions.put(found.group(1), found.group(2).stripIndent() + "\n") != null) {
            throw new IllegalStateException(
                    "Two regions of the tests are called " + found.group(1) + "; one is in " + source);
        }
    }
}
