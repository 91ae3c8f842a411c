package org.citustenancy.spring.internal.diagnostics;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A key that a mapping of YAML contains twice.
 *
 * @param property the full name of both
 * @param first the position of the first occurrence
 * @param second the position of the second occurrence
 */
record RepeatedKey(String property, Mark first, Mark second) {

    /**
     * Finds all repeated keys of a file. It only reads the nodes; constructing values from them would fail.
     *
     * @throws org.yaml.snakeyaml.error.YAMLException if it is no YAML
     */
    static List<RepeatedKey> in(Reader yaml) {
        List<RepeatedKey> found = new ArrayList<>();
        for (Node document : new Yaml(new SafeConstructor(new LoaderOptions())).composeAll(yaml)) {
            collect("", document, found);
        }
        return found;
    }

    private static void collect(String prefix, Node node, List<RepeatedKey> found) {
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        Map<String, Mark> known = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                Mark first = known.putIfAbsent(key.getValue(), key.getStartMark());
                if (first != null) {
                    found.add(new RepeatedKey(prefix + key.getValue(), first, key.getStartMark()));
                }
                // An alias may refer to one of its own ancestors, which are already visited.
                if (entry.getValueNode().getStartMark().getIndex()
                        >= key.getEndMark().getIndex()) {
                    collect(prefix + key.getValue() + ".", entry.getValueNode(), found);
                }
            }
        }
    }

    boolean isAt(Mark mark) {
        return second.getLine() == mark.getLine() && second.getColumn() == mark.getColumn();
    }

    /** Returns both line numbers, starting at 1. */
    String lines() {
        return "lines " + (first.getLine() + 1) + " and " + (second.getLine() + 1);
    }
}
