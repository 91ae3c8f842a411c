package org.citustenancy.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A link of a document to a file of this project.
 *
 * @param document where it is
 * @param path to what, seen from the document; empty for the document itself
 * @param anchor to which heading; empty for the whole
 */
record Link(Path document, String path, String anchor) {

    private static final Pattern LINK = Pattern.compile("\\]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]+`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");

    static List<Link> in(Path document) {
        return LINK.matcher(CODE.matcher(Documents.read(document)).replaceAll("code"))
                .results()
                .map(found -> new Link(document, found.group(1), found.group(2) == null ? "" : found.group(2)))
                .toList();
    }

    /** What is wrong with it. */
    Optional<String> fault() {
        Path target = path.isEmpty() ? document : document.resolveSibling(path).normalize();
        if (!target.startsWith(Documents.ROOT) || !Files.exists(target)) {
            return Optional.of("there is no such file");
        }
        if (anchor.isEmpty() || anchors(target).contains(anchor)) {
            return Optional.empty();
        }
        return Optional.of("the file has no such heading");
    }

    /** What the headings of a document are called in links: GitHub's way, for headings that differ. */
    private static Set<String> anchors(Path document) {
        Set<String> anchors = new TreeSet<>();
        HEADING.matcher(BLOCK.matcher(Documents.read(document)).replaceAll(""))
                .results()
                .map((MatchResult heading) -> heading.group(1))
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }

    @Override
    public String toString() {
        return Documents.ROOT.relativize(document) + ", the link to " + path + (anchor.isEmpty() ? "" : "#" + anchor);
    }
}
